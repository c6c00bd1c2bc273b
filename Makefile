# Thin: every target is one command. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test test-postgres faults lint screens bench bench-full lock clean
BOOT := python3 bootstrap.py

help: ## 列出这些命令 · list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: ## 启动演示街道（PORT=8000 LINLI_DATA=var） · start the demo street
	@$(BOOT) run -- -m linli.config.cli demo --serve

test: ## 全部测试：SQLite，另加 PostgreSQL 敏感部分 · the suite, on both databases where they differ
	@$(BOOT) test -- -m tools.suite test

test-postgres: ## 全部测试在 PostgreSQL 上 · the whole suite on a throw-away PostgreSQL
	@$(BOOT) test -- -m tools.suite postgres

faults: ## 故障测试，200 轮：断电、强杀、坏盘、满盘、时钟跳动 · faults, 200 cycles: kills, power loss, disks, clocks
	@$(BOOT) test -- -m tools.suite faults

lint: ## 代码检查 · ruff, mypy, import-linter, djlint, migrations
	@$(BOOT) test -- -m tools.suite lint

screens: ## 截取主要页面到 docs/screens · render the main pages
	@$(BOOT) test -- -m tools.screens

bench: ## 性能测量，约十分钟 · the benchmark, about ten minutes
	@$(BOOT) test -- -m bench

bench-full: ## 另加大数据和别的程序 · with large data and other programs
	@$(BOOT) test -- -m bench --full

lock: ## 重新锁定依赖 · lock the packages anew
	@$(BOOT) test -- -m tools.lock

clean: ## 删除环境与构建物，不动数据 · remove the environment, never data
	rm -rf .venv build
