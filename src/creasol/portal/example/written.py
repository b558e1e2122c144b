"""The words of the example's diagnosis. Facts are those of the newsletter; what is made up says so."""

from dataclasses import dataclass

from creasol.reports.outline import SectionDraft

TITLE = "La Couronne Sud de Lille : ce qu’elle a, ce qui lui manque"
SLUG = "couronne-sud-2011"


@dataclass(frozen=True)
class Written:
    """A section, and who wrote it: a made-up person, for a made-up organisation."""

    draft: SectionDraft
    name: str
    organisation: str = ""


MAKERS = "Camille Exemple", "Association imaginaire"
IN_BRIEF = SectionDraft(
    title="En bref",
    text=(
        "Treize communes au sud de Lille ont regardé ensemble ce qu’elles ont et ce qui leur manque.\n\n"
        "- **Une économie solidaire bien installée**, faite surtout d’associations. Elle compte aussi des "
        "sociétés commerciales qui ont choisi ses règles.\n"
        "- **Des manques que les chiffres confirment** : des places pour les tout-petits, des écoles de "
        "conduite, des commerces d’alimentation spécialisés. Le hasard n’y suffit pas.\n"
        "- **Trois sujets à mettre en débat** : se nourrir, se déplacer, travailler. Ce sont ceux des soirées "
        "de novembre 2011 à Emmerin, Seclin et Lesquin.\n\n"
        "*Ce diagnostic est un exemple : ses auteurs sont inventés, et les établissements comme les "
        "équipements qu’il compte sont des données d’exemple.*"
    ),
    indicators=("population", "ess_establishments", "ess_jobs", "ess_rank"),
)
IN_BRIEF_CORRECTED = SectionDraft(
    title=IN_BRIEF.title,
    text=IN_BRIEF.text.replace(
        "faite surtout d’associations. Elle compte aussi des sociétés commerciales qui ont choisi ses règles.",
        "faite surtout d’associations : 216 établissements employeurs, autant que dans l’étude citée en 2011.",
    ),
    indicators=IN_BRIEF.indicators,
)
REASON = (
    "La première version comptait aussi des sociétés commerciales, qui n’entrent dans l’ESS que depuis 2014. "
    "Sans elles, nos chiffres se comparent aux 216 établissements de l’étude citée en 2011."
)
FIRST_TRY = Written(
    SectionDraft(
        title="Qui fait vivre l’économie solidaire",
        text=(
            "L’économie solidaire est ici celle des associations : sport, action sociale, culture, éducation. "
            "Les coopératives et les mutuelles viennent ensuite, les fondations sont rares."
        ),
        indicators=("ess_by_family", "ess_by_activity"),
    ),
    "Dominique Exemple",
    "Association imaginaire",
)
SECOND_TRY = Written(
    SectionDraft(
        title=FIRST_TRY.draft.title,
        text=(
            FIRST_TRY.draft.text + "\n\n"
            "Beaucoup de ces organisations sont petites : un ou deux salariés, parfois une seule personne à mi-"
            "temps et de nombreux bénévoles. Elles se connaissent peu d’une commune à l’autre. Les réunir, c’est "
            "déjà les aider.\n\n"
            "À l’automne 2011, la lettre d’information de l’association Maillage citait une étude : 216 "
            "établissements, soit 6,5 % de ceux de la métropole et la sixième place parmi ses territoires, et "
            "2 632 emplois."
        ),
        indicators=(*FIRST_TRY.draft.indicators, "ess_by_size", "ess_ranking"),
    ),
    "Noa Exemple",
    "Le Potager imaginaire",
)
SECTIONS = (
    Written(IN_BRIEF, *MAKERS),
    Written(
        SectionDraft(
            title="Treize communes au sud de Lille",
            text=(
                "Emmerin, Faches-Thumesnil, Fretin, Houplin-Ancoisne, Lesquin, Lezennes, Loos, "
                "Noyelles-lès-Seclin, Ronchin, Seclin, Templemars, Vendeville et Wattignies : des villes et des "
                "villages, réunis par un contrat de territoire.\n\n"
                "En 2011, ils comptaient 109 041 habitants, un sur dix de la métropole, sur 85,4 km², 14 % de sa "
                "surface. Les chiffres ci-dessous sont plus récents."
            ),
            indicators=("population", "population_share_of_reference", "communes"),
        ),
        "Sacha Exemple",
        "Commune imaginaire",
    ),
    FIRST_TRY,
    Written(
        SectionDraft(
            title="Se nourrir",
            text=(
                "Les terres agricoles sont proches, les commerces d’alimentation spécialisés sont rares. Entre "
                "les deux, il manque des lieux et des gens : un point de retrait, une AMAP, des paniers que l’on "
                "paie selon ses moyens.\n\n"
                "Les communes ont aussi une carte à jouer. Leurs cantines servent des repas chaque jour ; "
                "s’engager à plusieurs sur une saison donnerait aux producteurs de quoi investir.\n\n"
                "Restent les habitudes : goûter, cuisiner, reconnaître ce qui est de saison s’apprend à tout âge."
            ),
        ),
        "Noa Exemple",
        "Le Potager imaginaire",
    ),
    Written(
        SectionDraft(
            title="Se déplacer",
            text=(
                "Les transports publics sont le socle. Ils mènent bien à Lille, moins bien d’une commune à "
                "l’autre, et s’arrêtent avant la fin de l’équipe du soir.\n\n"
                "Pour qui cherche un emploi, un entretien manqué faute de bus se paie cher. Partager une "
                "voiture, remettre un vélo en état, apprendre à conduire à un prix possible : chacune de ces "
                "réponses existe ailleurs dans la métropole."
            ),
        ),
        "Lou Exemple",
        "Mobilité imaginaire",
    ),
    Written(
        SectionDraft(
            title="Travailler, et faire garder ses enfants",
            text=(
                "Les parcs d’activités réunissent beaucoup de petites entreprises, voisines et étrangères les "
                "unes aux autres. Ensemble, elles pourraient se donner ce qu’aucune ne peut s’offrir : un comité "
                "d’entreprise à plusieurs, l’entretien des espaces verts ou le tri des déchets confiés avec une "
                "clause sociale.\n\n"
                "Le manque le plus net est celui des lieux d’accueil des jeunes enfants. Une crèche tenue par des "
                "parents, au bord d’un parc d’activités, aiderait les familles et les employeurs."
            ),
            indicators=("facilities_per_1000",),
        ),
        "Charlie Exemple",
        "Les Petits Pas imaginaires",
    ),
    Written(
        SectionDraft(
            title="Ce que nous proposons",
            text=(
                "1. Porter ces trois sujets devant tous, à l’automne, dans trois communes différentes.\n"
                "2. Publier les besoins un par un, et dire au fil des mois ce que chacun devient.\n"
                "3. Accompagner, au plus près de chez elles, les personnes qui veulent y répondre.\n"
                "4. Reprendre ce diagnostic dans deux ans, pour voir ce qui a bougé."
            ),
        ),
        *MAKERS,
    ),
    Written(
        SectionDraft(
            title="Ce qui est vrai, ce qui est inventé",
            text=(
                "**Vrai** : les communes, leur population, les trois sujets et les dates des soirées, les chiffres "
                "cités de la lettre d’information de 2011.\n\n"
                "**Inventé** : les établissements et les équipements que l’on compte ici, donc ce que les "
                "chiffres en disent ; les auteurs et leurs organisations ; les constats de terrain.\n\n"
                "En important les fichiers officiels, on remplace les données d’exemple. Cette publication, elle, "
                "ne change plus : c’est une nouvelle version qu’il faudrait écrire."
            ),
        ),
        *MAKERS,
    ),
)
ASKED = "Dites plus clairement ce qui est inventé, et combien nos organisations sont petites."
AGREED = "C’est clair, et c’est honnête sur ce qui est inventé. On peut publier."

OPENED_TITLE = "Le Roubaisien : premières notes"
OPENED = (
    Written(
        SectionDraft(
            title="En bref",
            text="*Notes inventées, pour montrer un diagnostic en cours de relecture.*\n\nOn jette beaucoup, on "
            "répare peu ; on travaille tôt, on trouve peu de gardes d’enfants à ces heures-là.",
            indicators=("population", "ess_establishments"),
        ),
        *MAKERS,
    ),
    Written(
        SectionDraft(
            title="Réparer plutôt que jeter",
            text="Trois ateliers s’y essaient, chacun de son côté. Une même adresse les ferait connaître.",
        ),
        "Maxime Exemple",
        "La Recyclerie imaginaire",
    ),
)
