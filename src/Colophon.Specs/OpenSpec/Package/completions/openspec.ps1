# PowerShell completion script for OpenSpec CLI
# Auto-generated - do not edit manually

# Dynamic completion helpers

function Get-OpenSpecChanges {
    $output = openspec __complete changes 2>$null
    if ($output) {
        $output | ForEach-Object {
            ($_ -split "\t")[0]
        }
    }
}

function Get-OpenSpecSpecs {
    $output = openspec __complete specs 2>$null
    if ($output) {
        $output | ForEach-Object {
            ($_ -split "\t")[0]
        }
    }
}

function Get-OpenSpecSchemas {
    $output = openspec __complete schemas 2>$null
    if ($output) {
        $output | ForEach-Object {
            ($_ -split "\t")[0]
        }
    }
}

$openspecCompleter = {
    param($wordToComplete, $commandAst, $cursorPosition)

    $tokens = $commandAst.ToString() -split "\s+"
    $commandCount = ($tokens | Measure-Object).Count

    # Top-level commands
    if ($commandCount -eq 1 -or ($commandCount -eq 2 -and $wordToComplete)) {
        $commands = @(
            @{Name="init"; Description="Initialize OpenSpec in your project"},
            @{Name="update"; Description="Update OpenSpec instruction files"},
            @{Name="list"; Description="List items (changes by default, or specs with --specs)"},
            @{Name="view"; Description="Display an interactive dashboard of specs and changes"},
            @{Name="validate"; Description="Validate changes and specs"},
            @{Name="show"; Description="Show a change or spec"},
            @{Name="archive"; Description="Archive a completed change and update main specs"},
            @{Name="status"; Description="Display artifact completion status for a change"},
            @{Name="instructions"; Description="Output enriched instructions for artifacts, apply, or archive"},
            @{Name="templates"; Description="Show resolved template paths for all artifacts in a schema"},
            @{Name="schemas"; Description="List available workflow schemas with descriptions"},
            @{Name="new"; Description="Create new items"},
            @{Name="store"; Description="Create and manage stores - standalone OpenSpec repos you register on this machine"},
            @{Name="context"; Description="Print the working context for the resolved OpenSpec root"},
            @{Name="doctor"; Description="Report relationship health for the resolved OpenSpec root"},
            @{Name="workset"; Description="Compose, keep, and open personal working views (purely local)"},
            @{Name="feedback"; Description="Submit feedback about OpenSpec"},
            @{Name="change"; Description="Manage OpenSpec change proposals (deprecated)"},
            @{Name="spec"; Description="Manage OpenSpec specifications"},
            @{Name="completion"; Description="Manage shell completions for OpenSpec CLI"},
            @{Name="config"; Description="View and modify global OpenSpec configuration"},
            @{Name="schema"; Description="Manage workflow schemas"}
        )
        $commands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
        }
        return
    }

    $command = $tokens[1]

    switch ($command) {
        "init" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--tools"; Description="Configure AI tools non-interactively (e.g., ""all"", ""none"", or comma-separated tool IDs)"},
                    @{Name="--language"; Description="Write new OpenSpec artifacts in this language"},
                    @{Name="--force"; Description="Auto-cleanup legacy files without prompting"},
                    @{Name="--profile"; Description="Override global config profile (core or custom)"},
                    @{Name="--no-animation"; Description="Show a static welcome screen instead of the animated one"},
                    @{Name="--copilot-cloud"; Description="Generate GitHub Copilot cloud coding-agent files (opt-in; default: prompt)"},
                    @{Name="--no-copilot-cloud"; Description="Skip generating GitHub Copilot cloud coding-agent files"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "update" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--force"; Description="Force update even when tools are up to date"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "list" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--specs"; Description="List specs instead of changes"},
                    @{Name="--changes"; Description="List changes explicitly (default)"},
                    @{Name="--sort"; Description="Sort order: ""recent"" (default) or ""name"""},
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "view" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "validate" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--all"; Description="Validate all changes and specs"},
                    @{Name="--changes"; Description="Validate all changes"},
                    @{Name="--specs"; Description="Validate all specs"},
                    @{Name="--archived"; Description="Validate that archived changes have all tasks completed (for pre-commit linting)"},
                    @{Name="--report"; Description="Select bulk report content"},
                    @{Name="--type"; Description="Specify item type when ambiguous"},
                    @{Name="--strict"; Description="Enable strict validation mode"},
                    @{Name="--json"; Description="Output validation results as JSON"},
                    @{Name="--concurrency"; Description="Max concurrent validations (defaults to env OPENSPEC_CONCURRENCY or 6)"},
                    @{Name="--no-interactive"; Description="Disable interactive prompts"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

            if (@("--report", "--type", "--concurrency", "--store") -contains $tokens[$commandCount - 2]) { return }

            $positionalIndex = 0
            $skipNext = $false
            for ($i = 2; $i -lt ($commandCount - 1); $i++) {
                if ($skipNext) {
                    $skipNext = $false
                    continue
                }
                $token = $tokens[$i]
                if (@("--report", "--type", "--concurrency", "--store") -contains $token) {
                    $skipNext = $true
                    continue
                }
                if ($token -match "^(--report|--type|--concurrency|--store)=.*") { continue }
                if ($token -like "-*") { continue }
                $positionalIndex++
            }

            switch ($positionalIndex) {
                0 {
                $items = @(Get-OpenSpecChanges) + @(Get-OpenSpecSpecs)
                $items | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", $_)
                }
                }
            }
        }
        "show" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--type"; Description="Specify item type when ambiguous"},
                    @{Name="--no-interactive"; Description="Disable interactive prompts"},
                    @{Name="--deltas-only"; Description="Show only deltas (JSON only, change-specific)"},
                    @{Name="--requirements-only"; Description="Alias for --deltas-only (deprecated, change-specific)"},
                    @{Name="--diff"; Description="Show per-requirement diffs for delta specs (change-specific)"},
                    @{Name="--requirements"; Description="Show only requirements, exclude scenarios (JSON only, spec-specific)"},
                    @{Name="--no-scenarios"; Description="Exclude scenario content (JSON only, spec-specific)"},
                    @{Name="--requirement"; Description="Show specific requirement by ID (JSON only, spec-specific)"},
                    @{Name="-r"; Description="Show specific requirement by ID (JSON only, spec-specific)"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

            if (@("--type", "--requirement", "-r", "--store") -contains $tokens[$commandCount - 2]) { return }

            $positionalIndex = 0
            $skipNext = $false
            for ($i = 2; $i -lt ($commandCount - 1); $i++) {
                if ($skipNext) {
                    $skipNext = $false
                    continue
                }
                $token = $tokens[$i]
                if (@("--type", "--requirement", "-r", "--store") -contains $token) {
                    $skipNext = $true
                    continue
                }
                if ($token -match "^(--type|--requirement|-r|--store)=.*") { continue }
                if ($token -like "-*") { continue }
                $positionalIndex++
            }

            switch ($positionalIndex) {
                0 {
                $items = @(Get-OpenSpecChanges) + @(Get-OpenSpecSpecs)
                $items | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", $_)
                }
                }
            }
        }
        "archive" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--yes"; Description="Skip confirmation prompts"},
                    @{Name="-y"; Description="Skip confirmation prompts"},
                    @{Name="--skip-specs"; Description="Skip spec update operations"},
                    @{Name="--no-validate"; Description="Skip validation (not recommended)"},
                    @{Name="--json"; Description="Output as JSON (non-interactive)"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

            if (@("--store") -contains $tokens[$commandCount - 2]) { return }

            $positionalIndex = 0
            $skipNext = $false
            for ($i = 2; $i -lt ($commandCount - 1); $i++) {
                if ($skipNext) {
                    $skipNext = $false
                    continue
                }
                $token = $tokens[$i]
                if (@("--store") -contains $token) {
                    $skipNext = $true
                    continue
                }
                if ($token -match "^(--store)=.*") { continue }
                if ($token -like "-*") { continue }
                $positionalIndex++
            }

            switch ($positionalIndex) {
                0 {
                Get-OpenSpecChanges | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Change: $_")
                }
                }
            }
        }
        "status" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--change"; Description="Change name to show status for"},
                    @{Name="--all"; Description="Show status for all active changes"},
                    @{Name="--schema"; Description="Schema override"},
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "instructions" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--change"; Description="Change name"},
                    @{Name="--schema"; Description="Schema override"},
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "templates" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--schema"; Description="Schema to use"},
                    @{Name="--json"; Description="Output as JSON"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "schemas" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "new" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="change"; Description="Create a new change directory"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "change" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--description"; Description="Description to add to README.md"},
                            @{Name="--goal"; Description="Optional goal metadata to store with the change"},
                            @{Name="--schema"; Description="Workflow schema to use"},
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
            }
        }
        "store" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="setup"; Description="Create or register a local store"},
                    @{Name="register"; Description="Register an existing store directory"},
                    @{Name="unregister"; Description="Forget a local store registration without deleting files"},
                    @{Name="remove"; Description="Forget a local store registration and delete its local folder"},
                    @{Name="list"; Description="List registered stores"},
                    @{Name="ls"; Description="List registered stores"},
                    @{Name="doctor"; Description="Check local store registration and metadata"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "setup" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--path"; Description="Directory to use for the store"},
                            @{Name="--init-git"; Description="Initialize a Git repository in the store"},
                            @{Name="--no-init-git"; Description="Skip Git repository initialization"},
                            @{Name="--remote"; Description="Canonical clone source recorded in store.yaml"},
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "register" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--id"; Description="Store id"},
                            @{Name="--yes"; Description="Confirm creating store identity metadata"},
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "unregister" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "remove" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--yes"; Description="Confirm local store folder deletion"},
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "list" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "ls" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "doctor" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
            }
        }
        "context" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"},
                    @{Name="--code-workspace"; Description="Also write a VS Code workspace file for the set"},
                    @{Name="--force"; Description="Overwrite an existing --code-workspace file"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "doctor" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--json"; Description="Output as JSON"},
                    @{Name="--store"; Description="Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "workset" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="create"; Description="Compose and save a named working view of folders you choose"},
                    @{Name="list"; Description="Show saved worksets with their members"},
                    @{Name="ls"; Description="Show saved worksets with their members"},
                    @{Name="open"; Description="Open a saved workset in your tool (editor window or agent session)"},
                    @{Name="remove"; Description="Delete a saved workset (member folders are never touched)"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "create" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--member"; Description="Member folder as <path> or <name>=<path>; repeatable, first is the primary"},
                            @{Name="--tool"; Description="Preferred tool to open this workset with"},
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "list" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "ls" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "open" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--tool"; Description="Open with this tool just this once"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "remove" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--yes"; Description="Confirm removal non-interactively"},
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
            }
        }
        "feedback" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--body"; Description="Detailed description for the feedback"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

        }
        "change" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="show"; Description="Show a change proposal"},
                    @{Name="list"; Description="List all active changes (deprecated)"},
                    @{Name="validate"; Description="Validate a change proposal"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "show" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--deltas-only"; Description="Show only deltas (JSON only)"},
                            @{Name="--requirements-only"; Description="Alias for --deltas-only (deprecated)"},
                            @{Name="--diff"; Description="Show per-requirement diffs for delta specs"},
                            @{Name="--no-interactive"; Description="Disable interactive prompts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecChanges | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Change: $_")
                        }
                        }
                    }
                }
                "list" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--long"; Description="Show id and title with counts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "validate" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--strict"; Description="Enable strict validation mode"},
                            @{Name="--json"; Description="Output validation results as JSON"},
                            @{Name="--no-interactive"; Description="Disable interactive prompts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecChanges | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Change: $_")
                        }
                        }
                    }
                }
            }
        }
        "spec" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="show"; Description="Show a specification"},
                    @{Name="list"; Description="List all specifications"},
                    @{Name="validate"; Description="Validate a specification"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "show" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--requirements"; Description="Show only requirements, exclude scenarios (JSON only)"},
                            @{Name="--no-scenarios"; Description="Exclude scenario content (JSON only)"},
                            @{Name="--requirement"; Description="Show specific requirement by ID (JSON only)"},
                            @{Name="-r"; Description="Show specific requirement by ID (JSON only)"},
                            @{Name="--no-interactive"; Description="Disable interactive prompts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    if (@("--requirement", "-r") -contains $tokens[$commandCount - 2]) { return }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if (@("--requirement", "-r") -contains $token) {
                            $skipNext = $true
                            continue
                        }
                        if ($token -match "^(--requirement|-r)=.*") { continue }
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecSpecs | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Spec: $_")
                        }
                        }
                    }
                }
                "list" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--long"; Description="Show id and title with counts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "validate" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--strict"; Description="Enable strict validation mode"},
                            @{Name="--json"; Description="Output validation results as JSON"},
                            @{Name="--no-interactive"; Description="Disable interactive prompts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecSpecs | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Spec: $_")
                        }
                        }
                    }
                }
            }
        }
        "completion" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="generate"; Description="Generate completion script for a shell (outputs to stdout)"},
                    @{Name="install"; Description="Install completion script for a shell"},
                    @{Name="uninstall"; Description="Uninstall completion script for a shell"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "generate" {
                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        $shells = @("zsh", "bash", "fish", "powershell")
                        $shells | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Shell: $_")
                        }
                        }
                    }
                }
                "install" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--verbose"; Description="Show detailed installation output"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        $shells = @("zsh", "bash", "fish", "powershell")
                        $shells | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Shell: $_")
                        }
                        }
                    }
                }
                "uninstall" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--yes"; Description="Skip confirmation prompts"},
                            @{Name="-y"; Description="Skip confirmation prompts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        $shells = @("zsh", "bash", "fish", "powershell")
                        $shells | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Shell: $_")
                        }
                        }
                    }
                }
            }
        }
        "config" {
            if ($wordToComplete -like "-*") {
                $flags = @(
                    @{Name="--scope"; Description="Config scope (only ""global"" supported currently)"}
                )
                $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                }
                return
            }

            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="path"; Description="Show config file location"},
                    @{Name="list"; Description="Show all current settings"},
                    @{Name="get"; Description="Get a specific value (raw, scriptable)"},
                    @{Name="set"; Description="Set a value (auto-coerce types)"},
                    @{Name="unset"; Description="Remove a key (revert to default)"},
                    @{Name="reset"; Description="Reset configuration to defaults"},
                    @{Name="edit"; Description="Open config in `$EDITOR"},
                    @{Name="profile"; Description="Configure workflow profile (interactive picker or preset shortcut)"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "path" {
                }
                "list" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "get" {
                }
                "set" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--string"; Description="Force value to be stored as string"},
                            @{Name="--allow-unknown"; Description="Allow setting unknown keys"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "unset" {
                }
                "reset" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--all"; Description="Reset all configuration (required)"},
                            @{Name="--yes"; Description="Skip confirmation prompts"},
                            @{Name="-y"; Description="Skip confirmation prompts"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
                "edit" {
                }
                "profile" {
                }
            }
        }
        "schema" {
            if ($commandCount -eq 2 -or ($commandCount -eq 3 -and $wordToComplete)) {
                $subcommands = @(
                    @{Name="which"; Description="Show where a schema resolves from"},
                    @{Name="validate"; Description="Validate a schema structure and templates"},
                    @{Name="fork"; Description="Copy an existing schema to project for customization"},
                    @{Name="init"; Description="Create a new project-local schema"}
                )
                $subcommands | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterValue", $_.Description)
                }
                return
            }

            $subcommand = if ($commandCount -gt 2) { $tokens[2] } else { "" }
            switch ($subcommand) {
                "which" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--all"; Description="List all schemas with their resolution sources"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecSchemas | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Schema: $_")
                        }
                        }
                    }
                }
                "validate" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--verbose"; Description="Show detailed validation steps"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecSchemas | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Schema: $_")
                        }
                        }
                    }
                }
                "fork" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--force"; Description="Overwrite existing destination"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                    $positionalIndex = 0
                    $skipNext = $false
                    for ($i = 3; $i -lt ($commandCount - 1); $i++) {
                        if ($skipNext) {
                            $skipNext = $false
                            continue
                        }
                        $token = $tokens[$i]
                        if ($token -like "-*") { continue }
                        $positionalIndex++
                    }

                    switch ($positionalIndex) {
                        0 {
                        Get-OpenSpecSchemas | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", "Schema: $_")
                        }
                        }
                    }
                }
                "init" {
                    if ($wordToComplete -like "-*") {
                        $flags = @(
                            @{Name="--json"; Description="Output as JSON"},
                            @{Name="--description"; Description="Schema description"},
                            @{Name="--artifacts"; Description="Comma-separated artifact IDs"},
                            @{Name="--default"; Description="Set as project default schema"},
                            @{Name="--no-default"; Description="Do not prompt to set as default"},
                            @{Name="--force"; Description="Overwrite existing schema"}
                        )
                        $flags | Where-Object { $_.Name -like "$wordToComplete*" } | ForEach-Object {
                            [System.Management.Automation.CompletionResult]::new($_.Name, $_.Name, "ParameterName", $_.Description)
                        }
                        return
                    }

                }
            }
        }
    }
}

Register-ArgumentCompleter -CommandName openspec -ScriptBlock $openspecCompleter
