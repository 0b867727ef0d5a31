#compdef openspec

# Zsh completion script for OpenSpec CLI
# Auto-generated - do not edit manually

_openspec() {
  local context state line
  typeset -A opt_args

  local -a commands
  commands=(
    'init:Initialize OpenSpec in your project'
    'update:Update OpenSpec instruction files'
    'list:List items (changes by default, or specs with --specs)'
    'view:Display an interactive dashboard of specs and changes'
    'validate:Validate changes and specs'
    'show:Show a change or spec'
    'archive:Archive a completed change and update main specs'
    'status:Display artifact completion status for a change'
    'instructions:Output enriched instructions for artifacts, apply, or archive'
    'templates:Show resolved template paths for all artifacts in a schema'
    'schemas:List available workflow schemas with descriptions'
    'new:Create new items'
    'store:Create and manage stores - standalone OpenSpec repos you register on this machine'
    'context:Print the working context for the resolved OpenSpec root'
    'doctor:Report relationship health for the resolved OpenSpec root'
    'workset:Compose, keep, and open personal working views (purely local)'
    'feedback:Submit feedback about OpenSpec'
    'change:Manage OpenSpec change proposals (deprecated)'
    'spec:Manage OpenSpec specifications'
    'completion:Manage shell completions for OpenSpec CLI'
    'config:View and modify global OpenSpec configuration'
    'schema:Manage workflow schemas'
  )

  _arguments -C \
    "1: :->command" \
    "*::arg:->args"

  case $state in
    command)
      _describe "openspec command" commands
      ;;
    args)
      case $words[1] in
        init)
          _openspec_init
          ;;
        update)
          _openspec_update
          ;;
        list)
          _openspec_list
          ;;
        view)
          _openspec_view
          ;;
        validate)
          _openspec_validate
          ;;
        show)
          _openspec_show
          ;;
        archive)
          _openspec_archive
          ;;
        status)
          _openspec_status
          ;;
        instructions)
          _openspec_instructions
          ;;
        templates)
          _openspec_templates
          ;;
        schemas)
          _openspec_schemas
          ;;
        new)
          _openspec_new
          ;;
        store)
          _openspec_store
          ;;
        context)
          _openspec_context
          ;;
        doctor)
          _openspec_doctor
          ;;
        workset)
          _openspec_workset
          ;;
        feedback)
          _openspec_feedback
          ;;
        change)
          _openspec_change
          ;;
        spec)
          _openspec_spec
          ;;
        completion)
          _openspec_completion
          ;;
        config)
          _openspec_config
          ;;
        schema)
          _openspec_schema
          ;;
      esac
      ;;
  esac
}

_openspec_init() {
  _arguments \
    '--tools[Configure AI tools non-interactively (e.g., "all", "none", or comma-separated tool IDs)]:value:' \
    '--language[Write new OpenSpec artifacts in this language]:value:' \
    '--force[Auto-cleanup legacy files without prompting]' \
    '--profile[Override global config profile (core or custom)]:value:(core custom)' \
    '--no-animation[Show a static welcome screen instead of the animated one]' \
    '--copilot-cloud[Generate GitHub Copilot cloud coding-agent files (opt-in; default\: prompt)]' \
    '--no-copilot-cloud[Skip generating GitHub Copilot cloud coding-agent files]' \
    '1::path:_files'
}

_openspec_update() {
  _arguments \
    '--force[Force update even when tools are up to date]' \
    '1::path:_files'
}

_openspec_list() {
  _arguments \
    '--specs[List specs instead of changes]' \
    '--changes[List changes explicitly (default)]' \
    '--sort[Sort order\: "recent" (default) or "name"]:value:(recent name)' \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:'
}

_openspec_view() {
  _arguments \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:'
}

_openspec_validate() {
  _arguments \
    '--all[Validate all changes and specs]' \
    '--changes[Validate all changes]' \
    '--specs[Validate all specs]' \
    '--archived[Validate that archived changes have all tasks completed (for pre-commit linting)]' \
    '--report[Select bulk report content]:value:(full findings)' \
    '--type[Specify item type when ambiguous]:value:(change spec)' \
    '--strict[Enable strict validation mode]' \
    '--json[Output validation results as JSON]' \
    '--concurrency[Max concurrent validations (defaults to env OPENSPEC_CONCURRENCY or 6)]:value:' \
    '--no-interactive[Disable interactive prompts]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:' \
    '1::item-name:_openspec_complete_items'
}

_openspec_show() {
  _arguments \
    '--json[Output as JSON]' \
    '--type[Specify item type when ambiguous]:value:(change spec)' \
    '--no-interactive[Disable interactive prompts]' \
    '--deltas-only[Show only deltas (JSON only, change-specific)]' \
    '--requirements-only[Alias for --deltas-only (deprecated, change-specific)]' \
    '--diff[Show per-requirement diffs for delta specs (change-specific)]' \
    '--requirements[Show only requirements, exclude scenarios (JSON only, spec-specific)]' \
    '--no-scenarios[Exclude scenario content (JSON only, spec-specific)]' \
    '(-r --requirement)'{-r,--requirement}'[Show specific requirement by ID (JSON only, spec-specific)]:value:' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:' \
    '1::item-name:_openspec_complete_items'
}

_openspec_archive() {
  _arguments \
    '(-y --yes)'{-y,--yes}'[Skip confirmation prompts]' \
    '--skip-specs[Skip spec update operations]' \
    '--no-validate[Skip validation (not recommended)]' \
    '--json[Output as JSON (non-interactive)]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:' \
    '1::change-name:_openspec_complete_changes'
}

_openspec_status() {
  _arguments \
    '--change[Change name to show status for]:value:' \
    '--all[Show status for all active changes]' \
    '--schema[Schema override]:value:' \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:'
}

_openspec_instructions() {
  _arguments \
    '--change[Change name]:value:' \
    '--schema[Schema override]:value:' \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:' \
    '1::artifact:'
}

_openspec_templates() {
  _arguments \
    '--schema[Schema to use]:value:' \
    '--json[Output as JSON]'
}

_openspec_schemas() {
  _arguments \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:'
}

_openspec_new() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'change:Create a new change directory'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        change)
          _openspec_new_change
          ;;
      esac
      ;;
  esac
}

_openspec_new_change() {
  _arguments \
    '--description[Description to add to README.md]:value:' \
    '--goal[Optional goal metadata to store with the change]:value:' \
    '--schema[Workflow schema to use]:value:' \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:' \
    '1:name:'
}

_openspec_store() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'setup:Create or register a local store'
    'register:Register an existing store directory'
    'unregister:Forget a local store registration without deleting files'
    'remove:Forget a local store registration and delete its local folder'
    'list:List registered stores'
    'ls:List registered stores'
    'doctor:Check local store registration and metadata'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        setup)
          _openspec_store_setup
          ;;
        register)
          _openspec_store_register
          ;;
        unregister)
          _openspec_store_unregister
          ;;
        remove)
          _openspec_store_remove
          ;;
        list)
          _openspec_store_list
          ;;
        ls)
          _openspec_store_ls
          ;;
        doctor)
          _openspec_store_doctor
          ;;
      esac
      ;;
  esac
}

_openspec_store_setup() {
  _arguments \
    '--path[Directory to use for the store]:value:' \
    '--init-git[Initialize a Git repository in the store]' \
    '--no-init-git[Skip Git repository initialization]' \
    '--remote[Canonical clone source recorded in store.yaml]:value:' \
    '--json[Output as JSON]' \
    '1::id:'
}

_openspec_store_register() {
  _arguments \
    '--id[Store id]:value:' \
    '--yes[Confirm creating store identity metadata]' \
    '--json[Output as JSON]' \
    '1::path:_files'
}

_openspec_store_unregister() {
  _arguments \
    '--json[Output as JSON]' \
    '1:id:'
}

_openspec_store_remove() {
  _arguments \
    '--yes[Confirm local store folder deletion]' \
    '--json[Output as JSON]' \
    '1:id:'
}

_openspec_store_list() {
  _arguments \
    '--json[Output as JSON]'
}

_openspec_store_ls() {
  _arguments \
    '--json[Output as JSON]'
}

_openspec_store_doctor() {
  _arguments \
    '--json[Output as JSON]' \
    '1::id:'
}

_openspec_context() {
  _arguments \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:' \
    '--code-workspace[Also write a VS Code workspace file for the set]:value:' \
    '--force[Overwrite an existing --code-workspace file]'
}

_openspec_doctor() {
  _arguments \
    '--json[Output as JSON]' \
    '--store[Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you'\''ve registered)]:value:'
}

_openspec_workset() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'create:Compose and save a named working view of folders you choose'
    'list:Show saved worksets with their members'
    'ls:Show saved worksets with their members'
    'open:Open a saved workset in your tool (editor window or agent session)'
    'remove:Delete a saved workset (member folders are never touched)'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        create)
          _openspec_workset_create
          ;;
        list)
          _openspec_workset_list
          ;;
        ls)
          _openspec_workset_ls
          ;;
        open)
          _openspec_workset_open
          ;;
        remove)
          _openspec_workset_remove
          ;;
      esac
      ;;
  esac
}

_openspec_workset_create() {
  _arguments \
    '--member[Member folder as <path> or <name>=<path>; repeatable, first is the primary]:value:' \
    '--tool[Preferred tool to open this workset with]:value:' \
    '--json[Output as JSON]' \
    '1::name:'
}

_openspec_workset_list() {
  _arguments \
    '--json[Output as JSON]'
}

_openspec_workset_ls() {
  _arguments \
    '--json[Output as JSON]'
}

_openspec_workset_open() {
  _arguments \
    '--tool[Open with this tool just this once]:value:' \
    '1:name:'
}

_openspec_workset_remove() {
  _arguments \
    '--yes[Confirm removal non-interactively]' \
    '--json[Output as JSON]' \
    '1:name:'
}

_openspec_feedback() {
  _arguments \
    '--body[Detailed description for the feedback]:value:' \
    '1:message:'
}

_openspec_change() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'show:Show a change proposal'
    'list:List all active changes (deprecated)'
    'validate:Validate a change proposal'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        show)
          _openspec_change_show
          ;;
        list)
          _openspec_change_list
          ;;
        validate)
          _openspec_change_validate
          ;;
      esac
      ;;
  esac
}

_openspec_change_show() {
  _arguments \
    '--json[Output as JSON]' \
    '--deltas-only[Show only deltas (JSON only)]' \
    '--requirements-only[Alias for --deltas-only (deprecated)]' \
    '--diff[Show per-requirement diffs for delta specs]' \
    '--no-interactive[Disable interactive prompts]' \
    '1::change-name:_openspec_complete_changes'
}

_openspec_change_list() {
  _arguments \
    '--json[Output as JSON]' \
    '--long[Show id and title with counts]'
}

_openspec_change_validate() {
  _arguments \
    '--strict[Enable strict validation mode]' \
    '--json[Output validation results as JSON]' \
    '--no-interactive[Disable interactive prompts]' \
    '1::change-name:_openspec_complete_changes'
}

_openspec_spec() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'show:Show a specification'
    'list:List all specifications'
    'validate:Validate a specification'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        show)
          _openspec_spec_show
          ;;
        list)
          _openspec_spec_list
          ;;
        validate)
          _openspec_spec_validate
          ;;
      esac
      ;;
  esac
}

_openspec_spec_show() {
  _arguments \
    '--json[Output as JSON]' \
    '--requirements[Show only requirements, exclude scenarios (JSON only)]' \
    '--no-scenarios[Exclude scenario content (JSON only)]' \
    '(-r --requirement)'{-r,--requirement}'[Show specific requirement by ID (JSON only)]:value:' \
    '--no-interactive[Disable interactive prompts]' \
    '1::spec-id:_openspec_complete_specs'
}

_openspec_spec_list() {
  _arguments \
    '--json[Output as JSON]' \
    '--long[Show id and title with counts]'
}

_openspec_spec_validate() {
  _arguments \
    '--strict[Enable strict validation mode]' \
    '--json[Output validation results as JSON]' \
    '--no-interactive[Disable interactive prompts]' \
    '1::spec-id:_openspec_complete_specs'
}

_openspec_completion() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'generate:Generate completion script for a shell (outputs to stdout)'
    'install:Install completion script for a shell'
    'uninstall:Uninstall completion script for a shell'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        generate)
          _openspec_completion_generate
          ;;
        install)
          _openspec_completion_install
          ;;
        uninstall)
          _openspec_completion_uninstall
          ;;
      esac
      ;;
  esac
}

_openspec_completion_generate() {
  _arguments \
    '1::shell:(zsh bash fish powershell)'
}

_openspec_completion_install() {
  _arguments \
    '--verbose[Show detailed installation output]' \
    '1::shell:(zsh bash fish powershell)'
}

_openspec_completion_uninstall() {
  _arguments \
    '(-y --yes)'{-y,--yes}'[Skip confirmation prompts]' \
    '1::shell:(zsh bash fish powershell)'
}

_openspec_config() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'path:Show config file location'
    'list:Show all current settings'
    'get:Get a specific value (raw, scriptable)'
    'set:Set a value (auto-coerce types)'
    'unset:Remove a key (revert to default)'
    'reset:Reset configuration to defaults'
    'edit:Open config in $EDITOR'
    'profile:Configure workflow profile (interactive picker or preset shortcut)'
  )

  _arguments -C \
    '--scope[Config scope (only "global" supported currently)]:value:(global)' \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        path)
          _openspec_config_path
          ;;
        list)
          _openspec_config_list
          ;;
        get)
          _openspec_config_get
          ;;
        set)
          _openspec_config_set
          ;;
        unset)
          _openspec_config_unset
          ;;
        reset)
          _openspec_config_reset
          ;;
        edit)
          _openspec_config_edit
          ;;
        profile)
          _openspec_config_profile
          ;;
      esac
      ;;
  esac
}

_openspec_config_path() {
  _arguments
}

_openspec_config_list() {
  _arguments \
    '--json[Output as JSON]'
}

_openspec_config_get() {
  _arguments \
    '1:key:'
}

_openspec_config_set() {
  _arguments \
    '--string[Force value to be stored as string]' \
    '--allow-unknown[Allow setting unknown keys]' \
    '1:key:' \
    '2:value:'
}

_openspec_config_unset() {
  _arguments \
    '1:key:'
}

_openspec_config_reset() {
  _arguments \
    '--all[Reset all configuration (required)]' \
    '(-y --yes)'{-y,--yes}'[Skip confirmation prompts]'
}

_openspec_config_edit() {
  _arguments
}

_openspec_config_profile() {
  _arguments \
    '1::preset:'
}

_openspec_schema() {
  local context state line
  typeset -A opt_args

  local -a subcommands
  subcommands=(
    'which:Show where a schema resolves from'
    'validate:Validate a schema structure and templates'
    'fork:Copy an existing schema to project for customization'
    'init:Create a new project-local schema'
  )

  _arguments -C \
    "1: :->subcommand" \
    "*::arg:->args"

  case $state in
    subcommand)
      _describe "subcommand" subcommands
      ;;
    args)
      case $words[1] in
        which)
          _openspec_schema_which
          ;;
        validate)
          _openspec_schema_validate
          ;;
        fork)
          _openspec_schema_fork
          ;;
        init)
          _openspec_schema_init
          ;;
      esac
      ;;
  esac
}

_openspec_schema_which() {
  _arguments \
    '--json[Output as JSON]' \
    '--all[List all schemas with their resolution sources]' \
    '1::name:_openspec_complete_schemas'
}

_openspec_schema_validate() {
  _arguments \
    '--json[Output as JSON]' \
    '--verbose[Show detailed validation steps]' \
    '1::name:_openspec_complete_schemas'
}

_openspec_schema_fork() {
  _arguments \
    '--json[Output as JSON]' \
    '--force[Overwrite existing destination]' \
    '1:source:_openspec_complete_schemas' \
    '2::name:'
}

_openspec_schema_init() {
  _arguments \
    '--json[Output as JSON]' \
    '--description[Schema description]:value:' \
    '--artifacts[Comma-separated artifact IDs]:value:' \
    '--default[Set as project default schema]' \
    '--no-default[Do not prompt to set as default]' \
    '--force[Overwrite existing schema]' \
    '1:name:'
}

# Dynamic completion helpers

# Use openspec __complete to get available changes
_openspec_complete_changes() {
  local -a changes
  while IFS=$'\t' read -r id desc; do
    changes+=("$id:$desc")
  done < <(openspec __complete changes 2>/dev/null)
  _describe "change" changes
}

# Use openspec __complete to get available specs
_openspec_complete_specs() {
  local -a specs
  while IFS=$'\t' read -r id desc; do
    specs+=("$id:$desc")
  done < <(openspec __complete specs 2>/dev/null)
  _describe "spec" specs
}

# Get both changes and specs
_openspec_complete_items() {
  local -a items
  while IFS=$'\t' read -r id desc; do
    items+=("$id:$desc")
  done < <(openspec __complete changes 2>/dev/null)
  while IFS=$'\t' read -r id desc; do
    items+=("$id:$desc")
  done < <(openspec __complete specs 2>/dev/null)
  _describe "item" items
}

# Use openspec __complete to get available schemas
_openspec_complete_schemas() {
  local -a schemas
  while IFS=$'\t' read -r id desc; do
    schemas+=("$id:$desc")
  done < <(openspec __complete schemas 2>/dev/null)
  _describe "schema" schemas
}
compdef _openspec openspec
