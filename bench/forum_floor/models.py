"""A forum in five tables."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    name = models.CharField(max_length=40, unique=True)
    objects = BaseUserManager()
    USERNAME_FIELD = "name"


class Board(models.Model):
    name = models.CharField(max_length=40)
    posts = models.IntegerField(default=0)


class Topic(models.Model):
    board = models.ForeignKey(Board, models.PROTECT)
    title = models.CharField(max_length=80)
    last_number = models.IntegerField()
    last_at = models.DateTimeField()


class Post(models.Model):
    topic = models.ForeignKey(Topic, models.PROTECT)
    number = models.IntegerField()
    author = models.ForeignKey(User, models.PROTECT)
    badge = models.CharField(max_length=40)
    text = models.TextField()
    cooked = models.TextField()
    fragment = models.TextField()
    at = models.DateTimeField()
    agreed = models.IntegerField(default=0)
    thanked = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="floor_number_once")]
