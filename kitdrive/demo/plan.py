"""What the demonstration tells: who, what, how many, and when. Quantities are chosen, and the same each time."""

from dataclasses import dataclass
from datetime import date, timedelta

PASSWORD = "demonstration-29-novembre"  # noqa: S105  (it opens invented data only, and every page says so)

HOUSE = "Association Les Tilleuls"
SEAT = "40 rue des Tilleuls, 75011 Paris"
PURPOSE = "Réunir des articles de première nécessité et les remettre à des femmes et à leurs enfants."
HOUSE_SIREN = "123456782"  # made up, as those of the partners: only their check digits are right
RELAY, ATELIER, CLOTHING_ROOM = "Relais des Peupliers", "Atelier des Tilleuls", "Vestiaire des Tilleuls"
POINTS = (
    ("Pharmacie du Canal", "12 quai des Peupliers", "75010"),
    ("Librairie des Lilas", "3 rue des Lilas", "75011"),
    ("Boutique Pervenche", "27 rue Pervenche", "75013"),
    ("Café de la Glacière", "8 place de la Glacière", "75014"),
)
PHARMACY, DAIRY, VINTAGE = "Pharmacies du Canal", "Laiterie des Trois Vallées", "Boutiques Pervenche"
FUNDER = "Fondation des Marronniers"
CONFIDENTIAL = "Maison Lavande"
ASSOCIATIONS = (
    # name, kind, department, how the kits go there, kits without child, with baby, with child
    ("Accueil des Glycines", "day_centre", "75", "delivery", 40, 20, 25),
    ("Les Hirondelles", "association", "93", "pick_up", 35, 20, 25),
    ("Centre Capucine", "chrs", "94", "delivery", 40, 15, 20),
    ("Maternité des Cerisiers", "maternity", "75", "delivery", 10, 40, 10),
    ("Foyer Jonquille", "shelter", "92", "pick_up", 45, 20, 35),
    (CONFIDENTIAL, "", "11", "delivery", 30, 15, 25),  # to its relay point, of its region only
)
UNCONFIRMED = "Les Hirondelles"  # has yet to say what arrived
STRUCTURES = (
    ("Espace Mimosa", "cass", "75"),
    ("Service social Bleuet", "public_service", "75"),
    ("Hôpital des Acacias", "hospital", "93"),
    ("PMI Coquelicot", "pmi", "93"),
)

WOMAN, BABY, CHILD = "Kit femme", "Kit femme avec bébé", "Kit femme avec enfant"
TARGETS = {WOMAN: 360, BABY: 200, CHILD: 240}  # 800 in all
YEAR_TARGETS = {WOMAN: 20, BABY: 10, CHILD: 15}  # of the drive that goes on all year: to fill the shelves again
WINTER, WINTER_KITS = 80, {WOMAN: 2, BABY: 1, CHILD: 2}  # days after the open day, and what is packed then
PACK_OF = 20  # kits made at once on the line
TO_CLOTHING_ROOM = {WOMAN: 100, BABY: 55, CHILD: 70}
HANDED_OVER = {WOMAN: 78, BABY: 42, CHILD: 55}  # households, one kit each
PUBLIC_DONATIONS = 420  # of which one in five is not counted at the door, but sorted later
CONTAINERS = 20  # in which those leave the four points: cartons, and at last a pallet from each
PACKAGING = 350  # grams of a carton that one does not give
REFUSED_WEIGHS = 180  # grams of each thing that is sorted out where there is a scale
REFUSED = ("dirty", "worn", "expired", "opened", "medicine", "electronic", "formula")


def anniversary(today: date) -> date:
    """The 29 November that is told: the last one that is at least ninety days ago, so that its kits have gone out."""
    last = today - timedelta(days=90)
    return date(last.year if last >= date(last.year, 11, 29) else last.year - 1, 11, 29)


@dataclass(frozen=True)
class Contact:
    """What papers say of a partner, and where it is written to: no mail reaches these addresses (RFC 2606)."""

    address: str
    city: str
    siren: str
    contact_email: str


CONTACTS = {
    PHARMACY: Contact("12 quai des Peupliers", "75010 Paris", "987654324", "dons@pharmacies-du-canal.example"),
    DAIRY: Contact("6 chemin des Saules", "75019 Paris", "000000018", "dons@laiterie-des-trois-vallees.example"),
    VINTAGE: Contact("27 rue Pervenche", "75013 Paris", "000000026", "bonjour@boutiques-pervenche.example"),
}
GTINS = {  # of the range that GS1 leaves to shops for their own use: no manufacturer prints them
    "Gel douche 250 ml": ("2000000000015", "2000000000022"),
    "Savon de toilette": ("2000000000039",),
    "Dentifrice": ("2000000000046",),
    "Brosse à dents adulte": ("2000000000053",),
    "Déodorant": ("2000000000060",),
    "Couches": ("2000000000077",),
    "Petit pot": ("2000000000084",),
    "Barre de céréales": ("2000000000091",),
    "Cahier": ("2000000000107",),
}


@dataclass(frozen=True)
class Delivery:
    """Days before the 29th, article, quantity, lot number, months from the 29th to the printed month (0: no date)."""

    before: int
    item: str
    quantity: int
    number: str = ""
    months: int = 0


PHARMACY_DELIVERIES = (
    Delivery(18, "Gel douche 250 ml", 500, "GD-4471"),
    Delivery(9, "Gel douche 250 ml", 240, "GD-4502"),
    Delivery(18, "Brosse à dents adulte", 820),
    Delivery(18, "Dentifrice", 480, "DT-118", 30),
    Delivery(9, "Dentifrice", 340, "DT-131", 34),
    Delivery(18, "Déodorant", 810, "DE-77"),
    Delivery(16, "Serviettes hygiéniques", 5000, "SH-2"),
    Delivery(9, "Serviettes hygiéniques", 3100, "SH-3"),
    Delivery(16, "Brosse à cheveux", 720),
    Delivery(16, "Couches", 2460, "CO-5"),
    Delivery(16, "Lingettes", 205, "LI-21", 28),
    Delivery(9, "Brosse à dents enfant", 250),
)
DAIRY_DELIVERIES = (
    Delivery(14, "Petit pot", 480, "PP-0311", 20),
    Delivery(6, "Petit pot", 340, "PP-0318", 22),
    Delivery(14, "Compote en gourde", 420, "CG-908", 21),
    Delivery(14, "Biscuits", 250, "BI-55", 19),
    Delivery(6, "Barre de céréales", 1640, "BC-12", 18),
)
VINTAGE_DELIVERIES = (Delivery(11, "Foulard en soie", 520), Delivery(5, "Foulard en soie", 300))
PROMISED = {"Foulard en soie": 800}  # of the rest, as many as came


@dataclass(frozen=True)
class Promise:
    """What a partner promised for the drive that goes on, in days before today: when it did, by when (below zero: to
    come), what arrived when. Lot and months from the 29th to the printed month are those of what arrived.
    """

    partner: str
    item: str
    quantity: int
    made: int
    due: int
    arrived: int  # days before today, and how many
    units: int
    number: str = ""
    months: int = 0


PROMISES = (
    Promise(VINTAGE, "Foulard en soie", 60, made=30, due=12, arrived=14, units=75),
    Promise(PHARMACY, "Gel douche 250 ml", 120, made=30, due=9, arrived=10, units=120, number="GD-4610"),
    Promise(DAIRY, "Petit pot", 200, made=30, due=6, arrived=9, units=80, number="PP-0402", months=36),
    Promise(PHARMACY, "Dentifrice", 150, made=14, due=-21, arrived=5, units=60, number="DT-140", months=40),
)
REMINDED = 2  # days before today: whoever is late was written to
ATTESTED = 45  # days after the 29th: what the pharmacies gave in that year was attested

PUBLIC_GOODS = (
    # article, units in all, units in one line (from, to), condition
    ("Culotte neuve", 2460, 3, 15, "new"),
    ("Chaussettes", 1650, 2, 10, "new"),
    ("T-shirt", 830, 1, 5, "very_good"),
    ("Cahier", 830, 1, 8, "new"),
    ("Stylo", 1240, 2, 20, "new"),
    ("Pochette à documents", 520, 1, 10, "new"),
    ("Savon de toilette", 90, 1, 4, "new"),
    ("Peigne large", 110, 1, 3, "new"),
    ("Body bébé", 420, 1, 6, "very_good"),
    ("Pyjama bébé", 215, 1, 4, "very_good"),
    ("Doudou", 212, 1, 2, "new"),
    ("Culotte enfant neuve", 500, 2, 8, "new"),
    ("Chaussettes enfant", 500, 2, 8, "new"),
    ("Livre", 265, 1, 6, "very_good"),
    ("Crayons de couleur", 250, 1, 4, "new"),
    ("Jeu de cartes", 246, 1, 2, "very_good"),
)
PURCHASES = (
    # days before, supplier, article, quantity, euros
    (8, "Grossiste Verveine", "Lampe de poche", 820, "1886.00"),
    (8, "Grossiste Verveine", "Pochette à documents", 300, "117.00"),
    (4, "Papeterie Anis", "Stylo", 400, "88.00"),
)
MISSED_AT_COUNT = {"Stylo": 4, "Barre de céréales": 3, "Cahier": 1}  # what the count at closing finds too few of

PEOPLE = (
    # address, name, role, scope
    ("admin", "Maxime", "admin", None),
    ("volontaire", "Nour", "volunteer", None),
    ("coordination", "Gwenn", "coordinator", None),
    ("distribution", "Sacha", "distributor", CLOTHING_ROOM),
    ("structure", "Camille", "referrer", "Espace Mimosa"),
    ("partenaire", "Andréa", "partner", "Les Hirondelles"),
    ("donateur", "Dominique", "partner", PHARMACY),
    ("reseau", "Lou", "network", None),
)
MAIL_DOMAIN = "demo.example"

PUBLIC_TEXT = (
    "Nous préparons des kits de première nécessité pour des femmes et leurs enfants. Apportez des articles neufs ou en"
    " très bon état : hygiène, vêtements, jeux et livres, papeterie. Merci de ne pas apporter de lait infantile, de"
    " médicaments, ni d’objets électroniques."
)
PUBLIC_TEXT_EN = (
    "We prepare kits of basic necessities for women and their children. Bring articles that are new or in very good"
    " condition: hygiene, clothes, games and books, stationery. Please bring no infant formula, no medicines and"
    " nothing electronic."
)
