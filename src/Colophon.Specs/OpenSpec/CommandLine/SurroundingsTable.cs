namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>The commands about what surrounds a project: configuration, schemas, stores and worksets.</summary>
internal static class SurroundingsTable
{
    internal static readonly CommandSpec[] Commands =
    [
        new("config", "View and modify global OpenSpec configuration")
        {
            HasAction = false,
            Options =
            [
                new("--scope <scope>", "Config scope (only \"global\" supported currently)"),
            ],
            Commands =
            [
                new("path", "Show config file location"),
                new("list", "Show all current settings")
                {
                    Options =
                    [
                        new("--json", "Output as JSON"),
                    ],
                },
                new("get", "Get a specific value (raw, scriptable)")
                {
                    Arguments = [new("key", true)],
                },
                new("set", "Set a value (auto-coerce types)")
                {
                    Arguments = [new("key", true), new("value", true)],
                    Options =
                    [
                        new("--string", "Force value to be stored as string"),
                        new("--allow-unknown", "Allow setting unknown keys"),
                    ],
                },
                new("unset", "Remove a key (revert to default)")
                {
                    Arguments = [new("key", true)],
                },
                new("reset", "Reset configuration to defaults")
                {
                    Options =
                    [
                        new("--all", "Reset all configuration (required)"),
                        new("-y, --yes", "Skip confirmation prompts"),
                    ],
                },
                new("edit", "Open config in $EDITOR"),
                new("profile", "Configure workflow profile (interactive picker or preset shortcut)")
                {
                    Arguments = [new("preset", false)],
                },
            ],
        },
        new("schema", "Manage workflow schemas [experimental]")
        {
            HasAction = false,
            Commands =
            [
                new("which", "Show where a schema resolves from")
                {
                    Arguments = [new("name", false)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--all", "List all schemas with their resolution sources"),
                    ],
                },
                new("validate", "Validate a schema structure and templates")
                {
                    Arguments = [new("name", false)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--verbose", "Show detailed validation steps"),
                    ],
                },
                new("fork", "Copy an existing schema to project for customization")
                {
                    Arguments = [new("source", true), new("name", false)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--force", "Overwrite existing destination"),
                    ],
                },
                new("init", "Create a new project-local schema")
                {
                    Arguments = [new("name", true)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                        new("--description <text>", "Schema description"),
                        new("--artifacts <list>", "Comma-separated artifact IDs (proposal,specs,design,tasks)"),
                        new("--default", "Set as project default schema"),
                        new("--no-default", "Do not prompt to set as default"),
                        new("--force", "Overwrite existing schema"),
                    ],
                },
            ],
        },
        new("store", "Create and manage stores - standalone OpenSpec repos you register on this machine")
        {
            AllowsUnknown = true,
            AllowsExcess = true,
            Commands =
            [
                new("setup", "Create and register a local store")
                {
                    Arguments = [new("id", false)],
                    Options =
                    [
                        new("--path <path>", "Folder where the store should live (for example ~/openspec/<id>)"),
                        new("--init-git", "Initialize a Git repository with an initial commit (default)"),
                        new("--no-init-git", "Skip every Git action: no init, no initial commit"),
                        new("--remote <url>", "Canonical clone source recorded in store.yaml"),
                        new("--json", "Output as JSON"),
                    ],
                },
                new("register", "Register an existing local store")
                {
                    Arguments = [new("path", false)],
                    Options =
                    [
                        new("--id <id>", "Store id; defaults to metadata or folder name"),
                        new("--yes", "Confirm creating store identity metadata for a healthy OpenSpec root"),
                        new("--json", "Output as JSON"),
                    ],
                },
                new("unregister", "Forget a local store registration without deleting files")
                {
                    Arguments = [new("id", true)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                    ],
                },
                new("remove", "Forget a local store registration and delete its local folder")
                {
                    Arguments = [new("id", true)],
                    Options =
                    [
                        new("--yes", "Confirm local store folder deletion"),
                        new("--json", "Output as JSON"),
                    ],
                },
                new("list", "List locally registered stores")
                {
                    Alias = "ls",
                    Options =
                    [
                        new("--json", "Output as JSON"),
                    ],
                },
                new("doctor", "Check local store registration and metadata")
                {
                    Arguments = [new("id", false)],
                    Options =
                    [
                        new("--json", "Output as JSON"),
                    ],
                },
            ],
        },
        new("doctor", "Report relationship health for the resolved OpenSpec root")
        {
            Options =
            [
                OptionSpec.Store,
                OptionSpec.StorePath,
                new("--json", "Output as JSON"),
            ],
        },
        new("context", "Print the working context for the resolved OpenSpec root")
        {
            Options =
            [
                OptionSpec.Store,
                OptionSpec.StorePath,
                new("--json", "Output the agent brief as JSON"),
                new("--code-workspace <path>", "Also write a VS Code workspace file for the set"),
                new("--force", "Overwrite an existing --code-workspace file"),
            ],
        },
        new("workset", "Compose, keep, and open personal working views (purely local)")
        {
            AllowsExcess = true,
            Options =
            [
                new("--json", "Output as JSON") { Hidden = true },
            ],
            Commands =
            [
                new("create", "Compose and save a named working view of folders you choose")
                {
                    Arguments = [new("name", false)],
                    Options =
                    [
                        new("--member <member>", "Member folder as <path> or <name>=<path>; repeatable, first is the primary"),
                        new("--tool <id>", "Preferred tool to open this workset with"),
                        new("--json", "Output as JSON"),
                    ],
                },
                new("list", "Show saved worksets with their members")
                {
                    Alias = "ls",
                    Options =
                    [
                        new("--json", "Output as JSON"),
                    ],
                },
                new("open", "Open a saved workset in your tool (editor window or agent session)")
                {
                    Arguments = [new("name", true)],
                    Options =
                    [
                        new("--tool <id>", "Open with this tool just this once"),
                        new("--json", "Not supported for open") { Hidden = true },
                    ],
                },
                new("remove", "Delete a saved workset (member folders are never touched)")
                {
                    Arguments = [new("name", true)],
                    Options =
                    [
                        new("--yes", "Confirm removal non-interactively"),
                        new("--json", "Output as JSON"),
                    ],
                },
            ],
        },
    ];
}
