"""What `make test` and `make demo` are made of: Python's standard library, nothing to install first.

| module | what it knows |
|---|---|
| console | saying what goes on, running a long step with progress and a log, stopping with a reason |
| places | where things lie: the checkout, its cache, benches and their versions |
| system | the machine: Debian packages, users, running a command as another user |
| environments | virtual environments, and what a bench lacks for the tests |
| services | private redis and MariaDB servers that are gone afterwards |
| scratch | a folder of sites outside any bench, with one fresh site |
| browsing | the browser, and the demo served to it |
| suites | running a suite, its JUnit file, the summary |
| frappe_source | where Frappe comes from, and what the chosen branch asks for |
| bench | making a bench, and the app in it |
| site | the demo's database and site |
| desk | the processes that serve the desk |
"""
