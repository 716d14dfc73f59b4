"""The four questions of the first hour: which answers are refused, and with which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partycell.rules import first_hour
from partycell.rules.first_hour import Answers, Officer, Site

SITE = Site(committees=0, templates={"FT-1"}, accounts={"la@xa.example"}, disabled={"cu@xa.example"})


def officer(email="moi@xa.example", name="Rơ Châm H'Nga", function="Officer", position="Bí thư Đảng ủy"):
	return Officer(email, name, function, position)


def said(site: Site = SITE, **changed) -> list[str]:
	answers = {"committee": "Đảng ủy xã Ia Sao", "level": "Commune", "template": "FT-1", "cells": "Later"}
	return [str(one) for one in first_hour.problems(Answers(**answers | changed), site)]


def test_good_answers_are_carried_out():
	assert said() == []
	assert said(officers=[officer(), officer("la@xa.example", ""), officer(function="Inspector")]) == []


@pytest.mark.parametrize(
	("changed", "words"),
	[
		({"committee": ""}, "Enter the name of the committee"),
		({"committee": "Đ" * 141}, "too long"),
		({"level": "Planet"}, "Choose the level"),
		({"template": "FT-2"}, "Choose one of the folder templates"),
		({"cells": "Never"}, "entered now or later"),
		({"officers": [officer(f"a{number}@xa.example") for number in range(31)]}, "More than 30 officers"),
		({"officers": [officer("")]}, "Line 1: enter the e-mail address"),
		({"officers": [officer(), officer("bithu")]}, "Line 2: enter the e-mail address"),
		({"officers": [officer(function="King")]}, "choose Officer or Inspector"),
		({"officers": [officer(), officer()]}, "moi@xa.example stands twice"),
		({"officers": [officer(name="")]}, "moi@xa.example has no account on this site yet"),
		({"officers": [officer("cu@xa.example")]}, "cu@xa.example is disabled"),
	],
)
def test_a_bad_answer_is_refused_with_what_to_do(changed, words):
	(found,) = said(**changed)
	assert words in found


def test_a_site_with_committees_is_past_its_first_hour():
	(found,) = said(Site(committees=1, templates={"FT-1"}, accounts=()))
	assert "Add further ones in the tree" in found


def test_everything_that_is_wrong_is_said_at_once():
	assert len(said(committee="", level="", template="", officers=[officer("x"), officer("y")])) == 5


@given(st.text(max_size=40))
def test_an_address_has_one_at_and_no_blank(text):
	if first_hour.is_address(text):
		assert text.count("@") == 1 and not any(letter.isspace() for letter in text)
		assert "." in text.split("@")[1] and text == text.lower()
