"""What stands on official papers in Vietnamese."""

import pytest

from partycell.rules import wording


@pytest.mark.parametrize(
	("committee", "organisation"),
	[
		("Đảng ủy phường Cheo Reo", "Đảng bộ phường Cheo Reo"),
		("Đảng uỷ xã Thuỷ Tân", "Đảng bộ xã Thuỷ Tân"),
		("ĐẢNG ỦY xã Ia Sao", "Đảng bộ xã Ia Sao"),
		("Thị ủy Ayun Pa", "Đảng bộ thị xã Ayun Pa"),
		("Tỉnh ủy Gia Lai", "Đảng bộ tỉnh Gia Lai"),
		("Đảng ủy Công an thị xã", "Đảng bộ Công an thị xã"),
		("Đảng bộ xã Chư Băh", "Đảng bộ xã Chư Băh"),
		("Ban Thường vụ", "Ban Thường vụ"),
		("", ""),
		(None, ""),
	],
)
def test_a_cell_stands_under_the_organisation_that_the_committee_leads(committee, organisation):
	assert wording.organisation(committee) == organisation


@pytest.mark.parametrize("code", ["", None, "Của địa phương"])
def test_a_reason_that_an_office_added_is_printed_as_it_is(code):
	assert wording.reason(code) == code


@pytest.mark.parametrize(
	("period", "title"),
	[("Tháng 07/2026", "Sổ (tháng 07/2026)"), ("Quý IV/2026", "Sổ (quý IV/2026)"), ("", "Sổ")],
)
def test_a_period_stands_in_the_title_as_in_a_sentence(period, title):
	assert wording.titled("Sổ", period) == title
