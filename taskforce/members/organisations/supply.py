"""What an organisation can say of itself to buyers: what it delivers, for whom, to what effect."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_DIVISIONS = 5


class Division(models.TextChoices):
    """Divisions of the EU's Common Procurement Vocabulary (CPV 2008), in words of our own."""

    FARMING = "03", _("Food from farms, fishing and forests")
    FUEL = "09", _("Fuel and electricity")
    MINING = "14", _("Stone, sand, metals")
    FOOD = "15", _("Food and drink")
    FARM_MACHINES = "16", _("Machines for farms and gardens")
    CLOTHES = "18", _("Clothes, shoes and accessories")
    TEXTILES = "19", _("Textiles, leather, plastic")
    PRINTED = "22", _("Printed matter")
    CHEMICALS = "24", _("Chemical products")
    OFFICE_MACHINES = "30", _("Computers and office supplies")
    ELECTRICAL = "31", _("Electrical equipment and lighting")
    RADIO = "32", _("Radio, television, telephones")
    MEDICAL = "33", _("Medical equipment and personal care")
    VEHICLES = "34", _("Vehicles and their parts")
    SAFETY = "35", _("Safety and rescue equipment")
    SPORTS = "37", _("Sports goods, toys, instruments, art materials")
    LABORATORY = "38", _("Laboratory and precision equipment")
    FURNITURE = "39", _("Furniture, furnishings and household goods")
    WATER = "41", _("Water")
    MACHINES = "42", _("Machines for industry")
    MINING_MACHINES = "43", _("Machines for building and mining")
    MATERIALS = "44", _("Building materials and tools")
    BUILDING = "45", _("Building and construction work")
    SOFTWARE = "48", _("Software")
    REPAIR = "50", _("Repair and maintenance")
    INSTALLATION = "51", _("Installation")
    CATERING = "55", _("Catering, canteens, hotels")
    TRANSPORT = "60", _("Transport")
    TRAVEL = "63", _("Storage, travel and support of transport")
    POST = "64", _("Post and telecommunication")
    UTILITIES = "65", _("Supply of water and energy")
    FINANCE = "66", _("Finance and insurance")
    PROPERTY = "70", _("Property")
    ENGINEERING = "71", _("Architects, engineers, surveys")
    IT = "72", _("IT services")
    RESEARCH = "73", _("Research and development")
    ADMINISTRATION = "75", _("Public administration and welfare services")
    OIL = "76", _("Services to oil and gas")
    GREEN = "77", _("Gardening, parks, farming and forestry")
    BUSINESS = "79", _("Advice, communication, events and office work")
    TEACHING = "80", _("Teaching and training")
    HEALTH = "85", _("Health and social care")
    CLEANING = "90", _("Cleaning, waste, environment")
    CULTURE = "92", _("Culture, leisure, sports")
    OTHER = "98", _("Other services, such as laundry and household help")


class Customer(models.TextChoices):
    PUBLIC = "public", _("Public buyers")
    PRIVATE = "private", _("Private buyers")


class Effect(models.TextChoices):
    """How buying from somebody does good."""

    WORK = "work", _("Work for people on the edge of the labour market")
    NEED = "need", _("Meets a social need with what it delivers")
    PROFIT = "profit", _("Gives its profit to a social purpose")
