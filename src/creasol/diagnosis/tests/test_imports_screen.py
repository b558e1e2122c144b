from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.diagnosis.actions.orders import stop_import
from creasol.diagnosis.enums import ImportState
from creasol.diagnosis.models import Dataset, Import, Observation
from creasol.diagnosis.queries.imports import import_page
from creasol.diagnosis.tasks import carry_out
from creasol.jobs.models import Job
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from creasol.territories.tests.factories import make_commune

from .factories import AT, make_dataset, make_import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIST = "/bureau/imports/"
HEADER = "CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\n"
ROW = "32;HDF;59;5;99;193;59193;Emmerin;3001;0;3001\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA = tmp_path
    make_commune(code="59193")


@pytest.fixture
def administrator(client):
    client.force_login(make_user(is_administrator=True))
    return client


@pytest.fixture
def coordinator(client):
    client.force_login(make_membership(role=Role.COORDINATOR).user)
    return client


def populations(name="populations_2023.csv", text=HEADER + ROW):
    return SimpleUploadedFile(name, text.encode())


def send(client, **values):
    return client.post(LIST, {"source": "populations", "vintage": "", "address": "", **values})


def test_the_screen_is_for_coordinators_and_administrators(client):
    assert client.get(LIST).status_code == 302
    client.force_login(make_membership(role=Role.ADVISER).user)
    assert client.get(LIST).status_code == 403


def test_files_are_sent_carried_out_and_forgotten(coordinator, tmp_path):
    answer = send(coordinator, files=[populations()])
    order = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{LIST}{order.pk}/")
    assert (order.state, order.asked_by_id is not None) == ("waiting", True)
    assert [job.arguments["args"] for job in Job.objects.all()] == [[order.pk]]
    assert len(list((tmp_path / "uploads").rglob("populations_2023.csv"))) == 1

    carry_out.func(order.pk)
    order.refresh_from_db()
    assert (order.state, order.vintage, order.report["rows_used"]) == ("done", "2023", 1)
    assert list(Observation.objects.values_list("commune_id", "value")) == [("59193", 3001.0)]
    assert list((tmp_path / "uploads").iterdir()) == []
    page = coordinator.get(answer.url)
    assert page.status_code == 200
    assert [(str(label), count) for label, count in page.context["page"].lines][:2] == [
        ("Rows read", 1),
        ("Rows used", 1),
    ]


def test_a_job_run_twice_does_nothing_more(coordinator):
    send(coordinator, files=[populations()])
    order = Import.objects.get()
    carry_out.func(order.pk)
    carry_out.func(order.pk)
    assert (Import.objects.get().state, Dataset.objects.count()) == ("done", 1)


def test_a_file_that_cannot_be_used_ends_in_a_clear_line(coordinator):
    send(coordinator, files=[populations(text="CODDEP;CODCOM\n59;193\n")])
    carry_out.func(Import.objects.get().pk)
    order = Import.objects.get()
    assert (order.state, "PMUN" in order.message) == ("failed", True)
    assert order.message in coordinator.get(f"{LIST}{order.pk}/").content.decode()


def test_the_name_of_a_file_is_never_a_path(coordinator, tmp_path):
    send(coordinator, files=[populations(name="../../../outside_2023.csv")])
    assert [path.name for path in (tmp_path / "uploads").rglob("*.csv")] == ["outside_2023.csv"]


def test_a_coordinator_cannot_name_an_address_or_a_file_of_the_server(coordinator, tmp_path):
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "populations_2023.csv").write_text(HEADER + ROW)
    answer = send(coordinator, address="https://example.org/x.csv", on_server="populations_2023.csv")
    assert (answer.status_code, Import.objects.count()) == (200, 0)
    assert list(answer.context["form"].fields) == ["source", "files", "vintage"]


class TestAdministrator:
    def test_chooses_among_the_files_of_the_folder(self, administrator, tmp_path):
        (tmp_path / "imports").mkdir()
        (tmp_path / "imports" / "populations_2023.csv").write_text(HEADER + ROW)
        send(administrator, on_server="populations_2023.csv")
        carry_out.func(Import.objects.get().pk)
        assert Import.objects.get().state == "done"
        assert (tmp_path / "imports" / "populations_2023.csv").exists()

    @pytest.mark.parametrize("name", ["../secret-key", "/etc/passwd", "other.csv"])
    def test_cannot_name_another_file(self, administrator, tmp_path, name):
        (tmp_path / "secret-key").write_text("secret")
        (tmp_path / "imports").mkdir()
        (tmp_path / "imports" / "populations_2023.csv").write_text(HEADER + ROW)
        assert send(administrator, on_server=name).status_code == 200
        assert Import.objects.count() == 0

    @pytest.mark.parametrize(
        "address", ["file:///etc/passwd", "ftp://example.org/x", "/etc/passwd", "example.org/x.csv"]
    )
    def test_names_web_addresses_only(self, administrator, address):
        assert send(administrator, address=address).status_code == 200
        assert Import.objects.count() == 0

    def test_does_not_reach_private_networks(self, administrator):
        send(administrator, address="http://127.0.0.1:9/x_2023.csv")
        carry_out.func(Import.objects.get().pk)
        assert Import.objects.get().state == "failed"

    def test_gives_files_one_way(self, administrator):
        for values in ({}, {"files": [populations()], "address": "https://example.org/x.csv"}):
            answer = send(administrator, **values)
            assert answer.context["form"].non_field_errors() == [
                "Give files one way: send them, or name where they are."
            ]
        assert Import.objects.count() == 0

    def test_a_vintage_is_a_year_or_a_month(self, administrator):
        assert send(administrator, files=[populations()], vintage="demain").status_code == 200
        assert Import.objects.count() == 0


class TestGoingOn:
    def test_the_page_asks_for_its_state_alone(self, coordinator):
        order = make_import(state=ImportState.RUNNING, progress=0.42)
        whole = coordinator.get(f"{LIST}{order.pk}/").content.decode()
        assert "42 %" in whole
        assert f'hx-get="{LIST}{order.pk}/"' in whole
        part = coordinator.get(f"{LIST}{order.pk}/", headers={"HX-Request": "true"}).content.decode()
        assert part.lstrip().startswith('<div class="stack" id="state"')

    def test_what_is_over_asks_no_more(self, coordinator):
        order = make_import(state=ImportState.DONE, progress=1)
        assert "hx-get" not in coordinator.get(f"{LIST}{order.pk}/").content.decode()

    @pytest.mark.parametrize("state", [ImportState.WAITING, ImportState.RUNNING])
    def test_it_can_be_stopped(self, coordinator, state):
        order = make_import(state=state)
        assert coordinator.post(f"{LIST}{order.pk}/arreter/").url == f"{LIST}{order.pk}/"
        order.refresh_from_db()
        assert (order.state, order.message != "", order.finished_at is not None) == (
            "interrupted",
            True,
            True,
        )
        carry_out.func(order.pk)
        order.refresh_from_db()
        assert order.state == "interrupted"

    def test_what_is_over_cannot(self, coordinator):
        order = make_import(state=ImportState.DONE)
        coordinator.post(f"{LIST}{order.pk}/arreter/")
        order.refresh_from_db()
        assert order.state == "done"

    def test_silence_is_noticed(self):
        order = make_import(state=ImportState.RUNNING, seen_at=AT)
        assert [import_page(order, at=AT + timedelta(minutes=wait)).is_silent for wait in (1, 3)] == [
            False,
            True,
        ]
        order.state = ImportState.DONE
        assert not import_page(order, at=AT + timedelta(minutes=3)).is_silent

    def test_who_stopped_it_is_said(self):
        user = make_user(name="Ada")
        order = stop_import(
            make_import(state=ImportState.WAITING), by=user, at=datetime(2026, 1, 15, tzinfo=UTC)
        )
        assert order.message == "Stopped by Ada; the former data stays in place."


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(coordinator, django_assert_max_num_queries, count):
    for number in range(count):
        make_import(asked_by=make_user(), asked_at=timezone.now())
        make_dataset(vintage=str(2000 + number))
    with django_assert_max_num_queries(12):
        assert coordinator.get(LIST).status_code == 200
