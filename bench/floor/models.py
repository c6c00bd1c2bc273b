"""The tables of the demo as the floor sees them, and its own: a user and stored fragments."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Area(models.Model):
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True)
    level = models.IntegerField()
    name = models.CharField(max_length=80)
    latin = models.CharField(max_length=80)
    plate = models.CharField(max_length=10)
    address = models.CharField(max_length=120)
    path = models.CharField(max_length=200)
    sort = models.IntegerField()
    valid_to = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "linli_areas_area"


class Body(models.Model):
    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=30)
    address = models.CharField(max_length=120)
    hours = models.CharField(max_length=80)
    valid_to = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "linli_people_body"


class BodyPlace(models.Model):
    body = models.ForeignKey(Body, models.DO_NOTHING, related_name="places")
    area = models.ForeignKey(Area, models.DO_NOTHING)
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "linli_people_bodyplace"


class Site(models.Model):
    kind = models.CharField(max_length=8)
    place = models.ForeignKey(Area, models.DO_NOTHING, related_name="sites")
    body = models.OneToOneField(Body, models.DO_NOTHING, null=True, related_name="site")
    slug = models.CharField(max_length=46)
    closed_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "linli_sites_site"


class Notice(models.Model):
    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="notices")
    audience = models.CharField(max_length=120)
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=10)
    published_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "linli_portal_notice"


class User(AbstractBaseUser):
    name = models.CharField(max_length=40, unique=True)
    objects = BaseUserManager()
    USERNAME_FIELD = "name"


class Fragment(models.Model):
    name = models.CharField(max_length=20, primary_key=True)
    html = models.TextField()
