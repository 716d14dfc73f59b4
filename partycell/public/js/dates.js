// The calendar that opens under a date in the language of the reader, where the picker does not bring it: it knows
// no Vietnamese. Names of months and days come from the browser.

(() => {
	const language = frappe.boot?.user?.language || frappe.boot?.lang;
	const known = $.fn.datepicker?.language;
	if (!known || !language || known[language]) return;
	const days = [...Array(7).keys()].map((day) => new Date(2023, 0, 1 + day)); // a Sunday
	const months = [...Array(12).keys()].map((month) => new Date(2023, month, 1));
	const named = (dates, form) => dates.map((date) => new Intl.DateTimeFormat(language, form).format(date));
	known[language] = {
		...known.en,
		days: named(days, { weekday: "long" }),
		daysShort: named(days, { weekday: "short" }),
		daysMin: named(days, { weekday: "narrow" }),
		months: named(months, { month: "long" }),
		monthsShort: named(months, { month: "short" }),
		today: __("Today"),
		clear: __("Clear"),
		firstDay: 1,
	};
})();
