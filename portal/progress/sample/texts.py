"""The sentences of the sample, in both languages; each says that it is invented."""

Words = dict[str, str]  # one text by language

ORGANISATIONS = [
    ("vzorec-1", "department", "", "za digitalizacijo", "of digital services", "oddelek"),
    ("vzorec-2", "service", "vzorec-1", "za podatke", "of data", "sluzba"),
    ("vzorec-3", "department", "", "za izobraževanje", "of education", "oddelek"),
    ("vzorec-4", "public_institution", "", "za skupnost", "for the community", "zavod"),
    ("vzorec-5", "public_company", "", "za opremo", "for equipment", "podjetje"),
]
KINDS = {
    "oddelek": ("Vzorčni oddelek", "Sample department"),
    "sluzba": ("Vzorčna služba", "Sample office"),
    "zavod": ("Vzorčni javni zavod", "Sample public institution"),
    "podjetje": ("Vzorčno javno podjetje", "Sample public company"),
}
# Two people of each organisation and its head.
PEOPLE = [
    *("Ana Vzorčna", "Bor Izmišljen", "Cvetka Primer"),
    *("Dušan Zgled", "Eva Namišljena", "Filip Vzorec"),
    *("Greta Primerna", "Hinko Zgledni", "Iva Vzorčna"),
    *("Jaka Izmišljen", "Katja Primer", "Lan Zgled"),
    *("Maja Namišljena", "Nejc Vzorec", "Olga Primerna"),
]
# A report has both languages, or one only, which its page in the other says.
REPORTS: list[tuple[str, Words]] = [
    (
        "in_progress",
        {
            "sl": "Vzorčno poročilo: delo poteka, prvi rezultati so na voljo.",
            "en": "Sample report: work is under way and first results are available.",
        },
    ),
    (
        "partly_achieved",
        {
            "sl": "Vzorčno poročilo: polovica dogovorjenega je končana.",
            "en": "Sample report: half of what was agreed is finished.",
        },
    ),
    ("in_progress", {"sl": "Vzorčno poročilo samo v slovenščini: izbiramo izvajalca."}),
    ("", {"en": "Sample report in English only: partners have met twice."}),
    (
        "not_started",
        {
            "sl": "Vzorčno poročilo: začetek je prestavljen, ker razpis ni uspel.",
            "en": "Sample report: the start was put off because the tender failed.",
        },
    ),
]
EVIDENCE: Words = {"sl": "Vzorčno dokazilo", "en": "Sample evidence"}
CORRECTED: Words = {
    "sl": "Vzorčni popravek: prvotna vrednost je bila vpisana narobe.",
    "en": "Sample correction: the first value had been entered wrongly.",
}
CONFIRMED: Words = {
    "sl": "Vzorčna potrditev: preverjeno, v tem obdobju ni sprememb.",
    "en": "Sample confirmation: checked, nothing has changed in this period.",
}
EVENT: Words = {"sl": "Vzorčni zunanji dogodek {}", "en": "Sample external event {}"}
MILESTONES: list[tuple[int, Words]] = [
    (-150, {"sl": "Vzorčni mejnik: načrt sprejet", "en": "Sample milestone: plan adopted"}),
    (-40, {"sl": "Vzorčni mejnik: poskus končan", "en": "Sample milestone: trial finished"}),
    (90, {"sl": "Vzorčni mejnik: uvedba", "en": "Sample milestone: introduction"}),
    (400, {"sl": "Vzorčni mejnik: ocena učinkov", "en": "Sample milestone: evaluation"}),
]
CRITERIA: list[Words] = [
    {
        "sl": "Vzorčno merilo: ogroženo pod 80 %, zamuja pod 50 % pričakovanega.",
        "en": "Sample criteria: at risk below 80%, behind below 50% of what was expected.",
    },
    {
        "sl": "Vzorčno merilo, strožje: ogroženo pod 90 %, zamuja pod 70 % pričakovanega.",
        "en": "Sample criteria, stricter: at risk below 90%, behind below 70% of the expected.",
    },
]
OVERRIDE: Words = {
    "sl": "Vzorčni razlog: izvajalec je odstopil, novega še iščemo.",
    "en": "Sample reason: the contractor has withdrawn and a new one is being sought.",
}
# Sources of money have one name for all languages.
MONEY = ("Proračun / Budget (example.org)", "EU (example.org)")


def in_columns(name: str, words: Words, *values: object) -> dict[str, str]:
    """Return ``{"title_sl": …}`` of a text, with ``values`` in its places."""
    return {f"{name}_{language}": text.format(*values) for language, text in words.items()}
