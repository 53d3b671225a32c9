# What can be done here. `make` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Which WordPress `demo` uses: bookworm (6.1), trixie (6.8) or sid (7.1).
WP ?= sid
# How many published posts the author of `demo` and `speed` has; `bench` begins at 10000.
POSTS ?= 1000
# How often `bench` measures each job, and which jobs: all, or names such as purge:floor,purge:bulk.
RUNS ?= 3
JOBS ?=
# What `bench-live` does to the author's posts (purge or trash), how long its samples are, and by how much the
# 99th percentile may grow. Empty: the plugin's own pace; as many requests a second as the site can take at ease.
MODE ?= purge
SECONDS ?= 30
ROUNDS ?= 2
LIMIT ?= 1.5
PACE ?=
RATE ?=
# How many random sites `parity` makes, and the first one's number: another one each time, and printed.
SEEDS ?= 200
FROM ?= $(shell date +%s)
# How many deletions `chaos` disturbs; SEED repeats one of them.
KILLS ?= 200
SEED ?=
# How many runners `race` starts at once, one number after the other.
RUNNERS ?= 2 4 8
# The PHP that `install` installs for, and its php-config.
PHP ?= php
PHP_CONFIG ?= php-config
# The WordPress that `install` installs into.
WP_PATH ?=

CARGO ?= cargo
SUITES := bookworm trixie sid
EXTENSION := $(CURDIR)/target/release/libwpf_delete.so
# Only a debug build describes itself, and checks itself.
DESCRIBED := $(CURDIR)/target/debug/libwpf_delete.so
# Generates the stubs; a tool of the extension framework, kept out of the user's own cargo folder.
CARGO_PHP := target/tools/bin/cargo-php
CARGO_PHP_VERSION := 0.2.2
PHP_FILES = $(shell git ls-files --cached --others --exclude-standard '*.php')
SHELL_FILES = $(shell git ls-files --cached --others --exclude-standard '*.sh' .ci/run)

.PHONY: help
help: ## Lists these targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  make demo POSTS=5000 WP=trixie'
	@echo '  make bench POSTS=10000 RUNS=1 JOBS=purge:floor,purge:bulk'
	@echo '  make parity SEEDS=50 WP=bookworm'
	@echo '  make chaos KILLS=200'
	@echo '  make install WP_PATH=/var/www/html'

.PHONY: deps
deps: ## Installs the system packages that building and testing need.
	@tests/support/packages.sh

.PHONY: build
build: deps ## Builds the extension: target/release/libwpf_delete.so.
	$(CARGO) build --release --locked

.PHONY: wordpress
wordpress: deps ## Fetches the WordPress versions that the tests run on.
	@tests/support/wordpress.sh $(SUITES)

.PHONY: demo
demo: build ## Deletes an author of POSTS posts through core and natively, and compares.
	@tests/support/wordpress.sh $(WP)
	@tests/support/with-stack.sh $(PHP) tests/demo/demo.php --posts=$(POSTS) --wp=$(WP) --extension=$(EXTENSION)

.PHONY: test
test: test-rust test-mysql test-phpt test-memory test-wordpress test-browser test-chaos test-cluster ## Runs every test.

.PHONY: test-rust
test-rust: deps ## The engine against a real MariaDB.
	@WPF_DB_SERVER=mariadb tests/support/rust-tests.sh

.PHONY: test-mysql
test-mysql: deps ## The same against a real MySQL.
	@WPF_DB_SERVER=mysql tests/support/rust-tests.sh

.PHONY: test-phpt
test-phpt: build stubs-check ## The extension's surface, with PHP's own runner.
	@tests/support/phpt.sh

.PHONY: test-memory
test-memory: CALLS = 200
test-memory: build ## CALLS calls of the extension in one process: no growth, and no error under valgrind.
	$(CARGO) build --locked
	@tests/memory/memcheck.sh $(CALLS) $(EXTENSION) $(DESCRIBED)

.PHONY: test-wordpress
test-wordpress: build wordpress ## Real WordPress, with the extension and without it.
	@tests/support/packages.sh live
	@tests/support/with-stack.sh tests/support/wordpress-tests.sh $(EXTENSION)

.PHONY: test-browser
test-browser: build wordpress ## The page in headless Chromium, with small authors.
	@tests/browser/browser.sh $(EXTENSION) 1000

.PHONY: test-chaos
test-chaos: build wordpress ## Twenty deletions that are disturbed, and whether that would be noticed.
	@tests/chaos/apart.sh tests/support/with-stack.sh tests/support/phpunit.sh on $(EXTENSION) tests/chaos
	@WPF_EXTENSION=$(EXTENSION) tests/chaos/apart.sh $(PHP) tests/chaos/chaos.php --kills=20 --from=1 --wp=sid

.PHONY: test-cluster
test-cluster: build wordpress ## Short forms of `replication` and `galera`.
	@tests/support/packages.sh galera
	@tests/support/replication-tests.sh $(EXTENSION) --exclude-group long
	@tests/support/galera-tests.sh short $(EXTENSION)

.PHONY: speed
speed: build wordpress ## Core against native on POSTS posts (make speed POSTS=5000).
	@WPF_SPEED_POSTS=$(POSTS) tests/support/with-stack.sh tests/support/phpunit.sh on $(EXTENSION) --group speed tests/wordpress

.PHONY: bench
bench: POSTS = 50000
bench: build ## Measures core, the engine and hand-written SQL on an author of POSTS posts.
	@tests/support/packages.sh bench
	$(CARGO) build --release --locked --example cores
	@tests/support/wordpress.sh $(WP)
	@$(PHP) tests/bench/bench.php --posts=$(POSTS) --runs=$(RUNS) --jobs='$(JOBS)' --wp=$(WP) --extension=$(EXTENSION)

.PHONY: bench-live
bench-live: POSTS = 50000
bench-live: build ## Deletes an author while visitors come: how much slower is the site? (make bench-live MODE=trash PACE=0.5)
	@tests/support/packages.sh live
	@tests/support/wordpress.sh sid
	@$(PHP) tests/bench/live/live.php --posts=$(POSTS) --mode=$(MODE) --rounds=$(ROUNDS) --seconds=$(SECONDS) --limit=$(LIMIT) \
		--pace=$(PACE) --rate=$(RATE) --extension=$(EXTENSION)

.PHONY: browser
browser: POSTS = 5000
browser: build wordpress ## The page under Tools in headless Chromium, with an author of POSTS posts; pictures in target/screenshots.
	@tests/browser/browser.sh $(EXTENSION) $(POSTS)

.PHONY: parity
parity: build wordpress ## Compares core and the extension on SEEDS random sites (make parity SEEDS=50 WP=trixie).
	@echo "parity: seeds from $(FROM)"
	@WPF_EXTENSION=$(EXTENSION) tests/support/with-stack.sh php tests/random/parity.php --seeds=$(SEEDS) --from=$(FROM) --wp=$(WP)

.PHONY: chaos
chaos: build wordpress ## Disturbs KILLS deletions: PHP, MariaDB, connections, disk (make chaos SEED=7 repeats one).
	@WPF_EXTENSION=$(EXTENSION) tests/chaos/apart.sh $(PHP) tests/chaos/chaos.php --wp=$(WP) \
		$(if $(SEED),--kills=1 --from=$(SEED),--kills=$(KILLS) --from=$(FROM))

.PHONY: race
race: build wordpress ## Has 2, 4 and 8 runners work on one queue at once (make race RUNNERS=16).
	@WPF_RUNNERS='$(RUNNERS)' tests/support/with-stack.sh tests/support/phpunit.sh on $(EXTENSION) tests/wordpress/RaceTest.php

.PHONY: kills
kills: KILLS = 50
kills: build wordpress ## Kills deletions at KILLS moments on each WordPress, and has another runner finish them.
	@WPF_KILLS=$(KILLS) WPF_KILLS_SEED=$(FROM) tests/support/with-stack.sh tests/support/phpunit.sh on $(EXTENSION) tests/wordpress/KilledTest.php

.PHONY: fuzz
fuzz: MINUTES = 60
fuzz: build ## Random arguments, values, names, resume points and answers for so many MINUTES (make fuzz MINUTES=5).
	@tests/fuzz/fuzz.sh $(MINUTES) $(EXTENSION)

.PHONY: memcheck
memcheck: CALLS = 10000
memcheck: build ## The same with CALLS calls, and the engine's tests under AddressSanitizer.
	$(CARGO) build --locked
	@tests/memory/memcheck.sh $(CALLS) $(EXTENSION) $(DESCRIBED) asan

.PHONY: replication
replication: POSTS = 50000
replication: build wordpress ## Deletes an author of POSTS posts on a primary whose replica is slow, and compares the replicas.
	@WPF_POSTS=$(POSTS) tests/support/replication-tests.sh $(EXTENSION)

.PHONY: galera
galera: POSTS = 20000
galera: build wordpress ## The engine and the plugin on a Galera cluster, of which nodes are killed while authors of POSTS posts go.
	@tests/support/packages.sh galera
	@WPF_POSTS=$(POSTS) tests/support/galera-tests.sh long $(EXTENSION)

.PHONY: mutations
mutations: build wordpress ## Breaks the engine in many ways; the random sites have to notice each.
	@WPF_EXTENSION=$(EXTENSION) tests/support/with-stack.sh tests/random/mutations.sh

.PHONY: lint
lint: deps ## Checks style: rustfmt, clippy, rustdoc, php -l, PHP code style, shellcheck, and that the texts to translate are written out.
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	$(CARGO) clippy --locked --all-targets --no-default-features -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --no-deps --quiet
	@for file in $(PHP_FILES); do php -l "$$file" > /dev/null; done && echo 'php -l: $(words $(PHP_FILES)) files'
	phpcs
	shellcheck $(SHELL_FILES)
	@tools/pot.sh check

.PHONY: stubs
stubs: deps $(CARGO_PHP) ## Writes php-stubs/ from the extension.
	$(CARGO) build --locked
	$(CARGO_PHP) php stubs --stdout $(DESCRIBED) > php-stubs/wpf_delete.stubs.php

.PHONY: stubs-check
stubs-check: deps $(CARGO_PHP) ## Fails when php-stubs/ is not what the extension has.
	$(CARGO) build --locked
	@$(CARGO_PHP) php stubs --stdout $(DESCRIBED) | diff -u php-stubs/wpf_delete.stubs.php - \
		|| { echo 'php-stubs/ is out of date: run make stubs'; exit 1; }

$(CARGO_PHP): | deps
	$(CARGO) install cargo-php --version $(CARGO_PHP_VERSION) --locked --root target/tools --target-dir target/tools/build

.PHONY: pot
pot: deps ## Writes wp-plugin/languages/wpf-delete.pot, the texts to translate, from the plugin.
	@tools/pot.sh

.PHONY: dist
dist: deps ## Packs the plugin's zip and the extension's archive into target/dist, with checksums.
	# Built apart: names of this machine's folders stay on it.
	RUSTFLAGS="--remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}=/cargo --remap-path-prefix=$(CURDIR)=/wpf_delete" \
		$(CARGO) build --release --locked --target-dir target/dist-build
	@PHP=$(PHP) tools/dist.sh target/dist-build/release/libwpf_delete.so

.PHONY: install
install: ## Builds and installs extension and plugin on this server (WP_PATH=folder of WordPress).
	@tests/support/packages.sh build
	$(CARGO) build --release --locked
	@tools/install.sh install '$(WP_PATH)' '$(PHP)' '$(PHP_CONFIG)' '$(EXTENSION)'

.PHONY: uninstall
uninstall: ## Takes back what install did (WP_PATH=folder of WordPress).
	@tools/install.sh uninstall '$(WP_PATH)' '$(PHP)' '$(PHP_CONFIG)'

.PHONY: clean
clean: ## Stops the tests' databases and removes everything that was built.
	@WPF_DB_SERVER=mariadb tests/support/stack.sh stop
	@WPF_DB_SERVER=mysql tests/support/stack.sh stop
	@tests/support/replicas.sh stop
	@tests/support/galera.sh stop
	rm -rf target
