"""The door on telephones without network: nothing noted is lost, two telephones make one arrival, names do not stay."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import segno
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from creasol.accounts.tests.factories import make_user
from creasol.places.enums import BookingState
from creasol.places.models import Booking, CheckIn, Registration
from creasol.places.tests.factories import make_booking, make_occasion, make_registration, make_slot
from creasol.places.tickets import address_of, token_of
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership

from .checks import LOOKS, axe_faults, look, overflow

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20_000  # milliseconds: the telephone tries again every fifteen seconds
PEOPLE = ("Awa", "Bruno", "Chloé")
# A camera before which somebody holds a ticket
CAMERA = """rows => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
    const pen = canvas.getContext("2d")
    const side = Math.floor(440 / rows.length)
    setInterval(() => {
        pen.fillStyle = "#fff"
        pen.fillRect(0, 0, 640, 480)
        pen.fillStyle = "#000"
        rows.forEach((row, y) => row.forEach((dark, x) => {
            if (dark) pen.fillRect(100 + x * side, 20 + y * side, side, side)
        }))
    }, 100)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10)
}"""
KEPT = "async () => [...(await indexedDB.databases()).map(one => one.name), ...await caches.keys()]"


@pytest.fixture
def slot():
    """The entry of an evening that begins now, with three people and one who waits."""
    slot = make_slot(occasion=make_occasion(starts_at=timezone.now()), capacity=10)
    for name in PEOPLE:
        make_booking(slot=slot, registration=make_registration(occasion=slot.occasion, first_name=name))
    waiting = make_registration(occasion=slot.occasion, first_name="Driss")
    make_booking(slot=slot, registration=waiting, state=BookingState.WAITING)
    return slot


@pytest.fixture
def telephone(chromium, live_server, slot) -> Iterator[Callable[[str], Page]]:
    """Give a telephone of somebody of the team, the door open on it and kept for when there is no network."""
    opened: list[BrowserContext] = []

    def telephone(name: str) -> Page:
        user = make_user(name=name)
        make_membership(user=user, programme=slot.occasion.programme, role=Role.ADVISER)
        client = Client()
        client.force_login(user)
        context = chromium.new_context(
            base_url=live_server.url,
            locale="fr-FR",
            reduced_motion="reduce",
            viewport={"width": 360, "height": 800},
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"/bureau/inscriptions/{slot.occasion_id}/accueil/")
        page.locator("[data-door][data-kept=yes]").wait_for()
        return page

    yield telephone
    for context in opened:
        context.close()


def offline(page: Page, *, lost: bool = True) -> None:
    page.context.set_offline(lost)


def arrive(page: Page, name: str) -> None:
    page.get_by_label("Prénom, organisation ou code d’un billet").fill(name)
    page.locator("[data-list]").get_by_role("button", name=f"Arrivée ({name})").click()


def scan(page: Page, registration: Registration) -> None:
    """Enter the code of a ticket as a reader of codes types it."""
    page.get_by_label("Prénom, organisation ou code d’un billet").fill(
        f"https://example.org/e/{token_of(registration.ticket)}"
    )
    page.keyboard.press("Enter")


def answer(page: Page):
    return page.locator("[data-answer] > p")


def all_sent(page: Page) -> None:
    page.locator("[data-unsent]").wait_for(state="hidden")
    page.locator("[data-network]").wait_for(state="hidden")


def of(name: str) -> Registration:
    return Registration.objects.get(first_name=name)


def present() -> list[str]:
    came = Booking.objects.filter(state=BookingState.PRESENT)
    return sorted(came.values_list("registration__first_name", flat=True))


def test_what_is_noted_without_network_outlives_a_reload_and_arrives_once(telephone):
    page = telephone("Accueil")
    offline(page)
    page.reload()
    expect(page.locator("[data-network]")).to_contain_text("Pas de réseau")
    arrive(page, "Awa")
    expect(answer(page)).to_have_text("Bienvenue, Awa")
    scan(page, of("Bruno"))
    expect(answer(page)).to_have_text("Bienvenue, Bruno")
    scan(page, of("Bruno"))
    expect(answer(page)).to_contain_text("Bruno\u00a0: déjà venu à")
    scan(page, of("Driss"))
    expect(answer(page)).to_have_text("Driss est sur la liste d’attente")
    page.get_by_label("Prénom", exact=True).fill("Léa")
    page.keyboard.press("Enter")
    expect(answer(page)).to_have_text("Bienvenue, Léa")
    expect(page.locator("[data-unsent]")).to_contain_text("3 arrivées à envoyer")
    page.reload()
    expect(page.locator("[data-unsent]")).to_contain_text("3 arrivées à envoyer")
    expect(page.locator("[data-counts]")).to_contain_text("Présents 3 · Attendus 4 · Places 10")
    assert present() == []
    offline(page, lost=False)
    all_sent(page)
    assert present() == ["Awa", "Bruno", "Léa"]
    assert CheckIn.objects.count() == 3


@pytest.mark.parametrize("first_to_find_the_network", [0, 1])
def test_one_ticket_on_two_telephones_is_one_arrival_the_earlier(telephone, first_to_find_the_network):
    one, other = telephone("Accueil un"), telephone("Accueil deux")
    for page in (one, other):
        offline(page)
        scan(page, of("Awa"))
        expect(answer(page)).to_have_text("Bienvenue, Awa")
    first, second = (one, other) if first_to_find_the_network == 0 else (other, one)
    for page in (first, second):
        offline(page, lost=False)
        all_sent(page)
    assert present() == ["Awa"]
    said = list(CheckIn.objects.order_by("at").values_list("by__name", "at"))
    assert [name for name, _at in said] == ["Accueil un", "Accueil deux"]
    assert Booking.objects.get(registration=of("Awa")).arrived_at == said[0][1]
    expect(other.locator("[data-news] li")).to_contain_text("Awa\u00a0: déjà venu à", timeout=PATIENCE)
    expect(one.locator("[data-news]")).to_be_hidden()


def test_an_answer_that_is_lost_is_asked_for_again(telephone):
    page = telephone("Accueil")
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    page.context.route("**/accueil/envoi/", lose, times=1)
    arrive(page, "Awa")
    expect(page.locator("[data-network]")).to_be_visible()
    assert (lost, present()) == ([200], ["Awa"])
    page.evaluate("window.dispatchEvent(new Event('online'))")
    all_sent(page)
    expect(page.locator("[data-news]")).to_be_hidden()
    assert CheckIn.objects.count() == 1


def test_a_session_that_ended_loses_nothing(telephone, slot):
    page = telephone("Accueil")
    offline(page)
    arrive(page, "Awa")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    offline(page, lost=False)
    expect(page.locator("[data-signed-out]")).to_contain_text("Rien n’est perdu")
    expect(page.locator("[data-unsent]")).to_contain_text("1 arrivée à envoyer")
    page.context.add_cookies(cookies)
    page.goto(f"/bureau/inscriptions/{slot.occasion_id}/accueil/")
    page.locator("[data-door][data-kept=yes]").wait_for()
    all_sent(page)
    assert present() == ["Awa"]


def test_a_mistake_is_taken_back_and_who_waits_is_let_in_by_choice(telephone):
    page = telephone("Accueil")
    offline(page)
    arrive(page, "Chloé")
    page.locator("[data-answer]").get_by_role("button", name="Annuler (Chloé)").click()
    expect(answer(page)).to_have_text("Chloé\u00a0: arrivée annulée")
    scan(page, of("Driss"))
    page.locator("[data-answer]").get_by_role("button", name="Faire entrer quand même (Driss)").click()
    expect(answer(page)).to_have_text("Bienvenue, Driss")
    offline(page, lost=False)
    all_sent(page)
    assert present() == ["Driss"]


def test_the_camera_reads_a_ticket_without_network(telephone):
    page = telephone("Accueil")
    code = segno.make_qr(address_of(of("Awa").ticket), error="m")
    page.evaluate(CAMERA, [[bool(dark) for dark in row] for row in code.matrix_iter(border=4)])
    offline(page)
    page.get_by_role("button", name="Lire les billets").click()
    expect(answer(page)).to_have_text("Bienvenue, Awa", timeout=PATIENCE)
    page.get_by_role("button", name="Arrêter l’appareil photo").click()
    expect(page.locator("video")).to_be_hidden()
    offline(page, lost=False)
    all_sent(page)
    assert present() == ["Awa"]


def test_names_leave_the_telephone_at_sign_out_and_when_asked(telephone):
    page = telephone("Accueil")
    assert any(name.startswith("offline:") for name in page.evaluate(KEPT))
    page.goto("/compte/deconnexion/")
    page.locator("main form").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(lambda address: "deconnexion" not in address)
    assert [name for name in page.evaluate(KEPT) if name.startswith("offline:")] == []

    page = telephone("Accueil deux")
    page.get_by_role("button", name="Effacer la liste de ce téléphone").click()
    page.wait_for_url("**/bureau/inscriptions/*/")
    assert [name for name in page.evaluate(KEPT) if name.startswith("offline:")] == []


def test_names_leave_the_telephone_at_their_hour(telephone, slot):
    page = telephone("Accueil")
    over = (
        f"offline:places:{slot.occasion_id}:{round((timezone.now() - timedelta(hours=1)).timestamp() * 1000)}"
    )
    page.evaluate("name => new Promise(done => { indexedDB.open(name).onsuccess = done })", over)
    page.goto("/")
    page.goto("/a-propos/")
    assert over not in page.evaluate(KEPT)


def test_the_door_stands_in_nobody_s_way(telephone):
    page = telephone("Accueil")
    scan(page, of("Awa"))
    scan(page, of("Driss"))
    expect(answer(page)).to_contain_text("liste d’attente")
    faults = {}
    for scheme, width in LOOKS:
        look(page, scheme, width)
        faults[f"{scheme} {width}"] = axe_faults(page, scheme=scheme) + overflow(page)
    assert {name: found for name, found in faults.items() if found} == {}
