namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary>Bash: a file of the bash-completion package's folder, and a loop over that folder in <c>.bashrc</c>.</summary>
internal sealed class BashInstaller(Session session) : CompletionInstaller(session)
{
    private static readonly string[] s_packages =
    [
        "/usr/share/bash-completion", "/usr/local/share/bash-completion", "/opt/homebrew/etc/bash_completion.d", "/usr/local/etc/bash_completion.d", "/etc/bash_completion.d",
    ];

    internal override string Shell => "bash";

    internal override string Path => Home(".local/share/bash-completion/completions/openspec");

    internal override string StartFile => "~/.bashrc";

    internal override string Reload => "exec bash";

    protected override string UpToDateHint => "If completions are not working, try: exec bash";

    private string StartPath => Home(".bashrc");

    protected override string Installed(bool configured) =>
        configured ? "Completion script installed and .bashrc configured successfully" : "Completion script installed successfully for Bash";

    protected override bool Configure()
    {
        if (Session.Variable("OPENSPEC_NO_AUTO_CONFIG") == "1")
            return false;
        var problem = MarkedBlock.Put(StartPath, string.Join('\n', ["# OpenSpec shell completions configuration", .. Loop()]));
        if (problem is { Length: > 0 })
            Session.Line($"Unable to configure .bashrc for completions: {problem}");
        return problem is null;
    }

    protected override void Unconfigure() => MarkedBlock.Remove(StartPath, allBlank: false);

    protected override IReadOnlyList<string> Warnings() => Array.Exists(s_packages, Directory.Exists) ? [] :
    [
        "⚠️  Warning: bash-completion package not detected",
        "",
        "The completion script requires bash-completion to function.",
        "Install it with:",
        "  brew install bash-completion@2",
        "",
        "Then add to your ~/.bash_profile:",
        "  [[ -r \"/opt/homebrew/etc/profile.d/bash_completion.sh\" ]] && . \"/opt/homebrew/etc/profile.d/bash_completion.sh\"",
    ];

    protected override IReadOnlyList<string> Instructions(bool configured) => configured ? [] :
    [
        "Completion script installed successfully.",
        "",
        "To enable completions, add the following to your ~/.bashrc file:",
        "",
        "  # Source OpenSpec completions",
        .. Loop().Select(static line => "  " + line),
        "",
        "Then restart your shell or run: exec bash",
    ];

    private string[] Loop()
    {
        var folder = MarkedBlock.Quote(Folder);
        return [$"if [ -d {folder} ]; then", $"  for f in {folder}/*; do", "    [ -f \"$f\" ] && . \"$f\"", "  done", "fi"];
    }
}
