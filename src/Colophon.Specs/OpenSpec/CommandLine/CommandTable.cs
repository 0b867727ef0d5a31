namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>The commands, arguments and options of OpenSpec 1.13.2 with its descriptions: what a line may say and what its help shows.</summary>
internal static class CommandTable
{
    private static readonly CommandSpec[] s_first =
    [
        new("init", "Initialize OpenSpec in your project")
        {
            Arguments = [new("path", false)],
            Options =
            [
                new("--tools <tools>", "Configure AI tools non-interactively. Use \"all\", \"none\", or a comma-separated list of: amazon-q, antigravity, auggie, bob, claude, cline, command-code, codeartsagent, codex, devin, forgecode, codebuddy, continue, costrict, crush, cursor, factory, gemini, github-copilot, hermes, iflow, junie, kilocode, kimi, kiro, lingma, minimax-code, vibe, oh-my-pi, opencode, pi, codeassistant, qoder, qwen, rovodev, roocode, trae, zed, zcode, agents. Also accepted: windsurf (now devin)"),
                new("--language <language>", "Write new OpenSpec artifacts in this language"),
                new("--force", "Auto-cleanup legacy files without prompting"),
                new("--profile <profile>", "Override global config profile (core or custom)"),
                new("--no-animation", "Show a static welcome screen instead of the animated one"),
                new("--copilot-cloud", "Set up GitHub Copilot cloud coding-agent files without prompting"),
                new("--no-copilot-cloud", "Skip GitHub Copilot cloud coding-agent files without prompting"),
            ],
        },
        new("experimental", "Alias for init (deprecated)")
        {
            Hidden = true,
            Options =
            [
                new("--tool <tool-id>", "Target AI tool (maps to --tools)"),
                new("--no-interactive", "Disable interactive prompts"),
            ],
        },
        new("update", "Update OpenSpec instruction files")
        {
            Arguments = [new("path", false)],
            Options =
            [
                new("--force", "Force update even when tools are up to date"),
            ],
        },
        new("list", "List items (changes by default). Use --specs to list specs.")
        {
            Options =
            [
                new("--specs", "List specs instead of changes"),
                new("--changes", "List changes explicitly (default)"),
                new("--sort <order>", "Sort order: \"recent\" (default) or \"name\"") { Default = "recent" },
                new("--json", "Output as JSON (for programmatic use)"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("view", "Display an interactive dashboard of specs and changes")
        {
            Options =
            [
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("change", "Manage OpenSpec change proposals")
        {
            HasAction = false,
            Commands =
            [
                new("show", "Show a change proposal in JSON or markdown format")
                {
                    Arguments = [new("change-name", false)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--deltas-only", "Show only deltas (JSON only)"),
                        new("--requirements-only", "Alias for --deltas-only (deprecated)"),
                        new("--diff", "Show per-requirement diffs for delta specs"),
                        new("--no-interactive", "Disable interactive prompts"),
                    ],
                },
                new("list", "List all active changes (DEPRECATED: use \"openspec list\" instead)")
                {
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--long", "Show id and title with counts"),
                    ],
                },
                new("validate", "Validate a change proposal")
                {
                    Arguments = [new("change-name", false)],
                    Options =
                    [
                        new("--strict", "Enable strict validation mode"),
                        new("--json", "Output validation report as JSON"),
                        new("--no-interactive", "Disable interactive prompts"),
                    ],
                },
            ],
        },
        new("archive", "Archive a completed change and update main specs")
        {
            Arguments = [new("change-name", false)],
            Options =
            [
                new("-y, --yes", "Skip confirmation prompts"),
                new("--skip-specs", "Skip spec update operations (useful for infrastructure, tooling, or doc-only changes)"),
                new("--no-validate", "Skip validation (not recommended, requires confirmation)"),
                new("--json", "Output as JSON (non-interactive)"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("spec", "Manage and view OpenSpec specifications")
        {
            HasAction = false,
            Commands =
            [
                new("show", "Display a specific specification")
                {
                    Arguments = [new("spec-id", false)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--requirements", "JSON only: Show only requirements (exclude scenarios)"),
                        new("--no-scenarios", "JSON only: Exclude scenario content"),
                        new("-r, --requirement <id>", "JSON only: Show specific requirement by ID (1-based)"),
                        new("--no-interactive", "Disable interactive prompts"),
                    ],
                },
                new("list", "List all available specifications")
                {
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--long", "Show id and title with counts"),
                    ],
                },
                new("validate", "Validate a specification structure")
                {
                    Arguments = [new("spec-id", false)],
                    Options =
                    [
                        new("--strict", "Enable strict validation mode"),
                        new("--json", "Output validation report as JSON"),
                        new("--no-interactive", "Disable interactive prompts"),
                    ],
                },
            ],
        },
    ];

    private static readonly CommandSpec[] s_last =
    [
        new("validate", "Validate changes and specs")
        {
            Arguments = [new("item-name", false)],
            Options =
            [
                new("--all", "Validate all changes and specs"),
                new("--changes", "Validate all changes"),
                new("--specs", "Validate all specs"),
                new("--archived", "Validate that archived changes have all tasks completed (for pre-commit linting)"),
                new("--report <full|findings>", "Select bulk report content: full|findings; combine with --json for JSON"),
                new("--type <type>", "Specify item type when ambiguous: change|spec"),
                new("--strict", "Enable strict validation mode"),
                new("--json", "Output validation results as JSON"),
                new("--concurrency <n>", "Max concurrent validations (defaults to env OPENSPEC_CONCURRENCY or 6)"),
                new("--no-interactive", "Disable interactive prompts"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("show", "Show a change or spec")
        {
            AllowsUnknown = true,
            Arguments = [new("item-name", false)],
            Options =
            [
                new("--json", "Output as JSON"),
                new("--type <type>", "Specify item type when ambiguous: change|spec"),
                new("--no-interactive", "Disable interactive prompts"),
                new("--deltas-only", "Show only deltas (JSON only, change)"),
                new("--requirements-only", "Alias for --deltas-only (deprecated, change)"),
                new("--diff", "Show per-requirement diffs for delta specs (change)"),
                new("--requirements", "JSON only: Show only requirements (exclude scenarios)"),
                new("--no-scenarios", "JSON only: Exclude scenario content"),
                new("-r, --requirement <id>", "JSON only: Show specific requirement by ID (1-based)"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("feedback", "Submit feedback about OpenSpec")
        {
            Arguments = [new("message", true)],
            Options =
            [
                new("--body <text>", "Detailed description for the feedback"),
            ],
        },
        new("completion", "Manage shell completions for OpenSpec CLI")
        {
            HasAction = false,
            Commands =
            [
                new("generate", "Generate completion script for a shell (outputs to stdout)")
                {
                    Arguments = [new("shell", false)],
                },
                new("install", "Install completion script for a shell")
                {
                    Arguments = [new("shell", false)],
                    Options =
                    [
                        new("--verbose", "Show detailed installation output"),
                    ],
                },
                new("uninstall", "Uninstall completion script for a shell")
                {
                    Arguments = [new("shell", false)],
                    Options =
                    [
                        new("-y, --yes", "Skip confirmation prompts"),
                    ],
                },
            ],
        },
        new("__complete", "Output completion data in machine-readable format (internal use)")
        {
            Hidden = true,
            Arguments = [new("type", true)],
        },
        new("status", "Display artifact completion status for a change")
        {
            Options =
            [
                new("--change <id>", "Change name to show status for"),
                new("--all", "Show status for all active changes"),
                new("--schema <name>", "Schema override (auto-detected from config.yaml)"),
                new("--json", "Output as JSON"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("instructions", "Output enriched instructions for artifacts, apply, or archive")
        {
            Arguments = [new("artifact", false)],
            Options =
            [
                new("--change <id>", "Change name"),
                new("--schema <name>", "Schema override (auto-detected from config.yaml)"),
                new("--json", "Output as JSON"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("templates", "Show resolved template paths for all artifacts in a schema")
        {
            Options =
            [
                new("--schema <name>", "Schema to use (default: spec-driven)"),
                new("--json", "Output as JSON mapping artifact IDs to template paths"),
            ],
        },
        new("schemas", "List available workflow schemas with descriptions")
        {
            Options =
            [
                new("--json", "Output as JSON (for agent use)"),
                OptionSpec.Store,
                OptionSpec.StorePath,
            ],
        },
        new("new", "Create new items")
        {
            HasAction = false,
            Commands =
            [
                new("change", "Create a new change directory")
                {
                    Arguments = [new("name", true)],
                    Options =
                    [
                        new("--description <text>", "Description to add to README.md"),
                        new("--goal <text>", "Optional goal metadata to store with the change"),
                        new("--schema <name>", "Workflow schema to use (default: spec-driven)"),
                        new("--json", "Output as JSON"),
                        OptionSpec.Store,
                        OptionSpec.StorePath,
                        new("--initiative <id>", "No longer supported") { Hidden = true },
                        new("--areas <names>", "No longer supported") { Hidden = true },
                    ],
                },
            ],
        },
    ];

    /// <summary>The program with everything below it.</summary>
    internal static CommandSpec Program { get; } = new("openspec", "AI-native system for spec-driven development")
    {
        HasAction = false,
        Options = [new("-V, --version", "output the version number"), new("--no-color", "Disable color output")],
        Commands = [.. s_first, .. SurroundingsTable.Commands, .. s_last],
    };
}
