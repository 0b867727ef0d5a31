namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary>Zsh: Oh My Zsh's folder where that is in use, else a folder of one's own that <c>.zshrc</c> puts on the function path.</summary>
internal sealed class ZshInstaller(Session session) : CompletionInstaller(session)
{
    internal override string Shell => "zsh";

    internal override string Path => IsOhMyZsh ? $"{Custom}/completions/_openspec" : Home(".zsh/completions/_openspec");

    internal override string StartFile => "~/.zshrc";

    internal override string Reload => "exec zsh";

    protected override string UpToDateHint => "If completions are not working, try: exec zsh";

    private bool IsOhMyZsh => Session.Variable("ZSH") is { Length: > 0 } || Directory.Exists(Home(".oh-my-zsh"));

    private string Custom => Session.Variable("ZSH_CUSTOM") is { Length: > 0 } custom ? custom
        : Session.Variable("ZSH") is { Length: > 0 } root ? $"{root}/custom"
        : Home(".oh-my-zsh/custom");

    private string StartPath => Home(".zshrc");

    internal override (bool Done, string Message) Uninstall()
    {
        var removed = System.IO.Path.Exists(Path);
        if (removed)
            File.Delete(Path);
        var configured = !IsOhMyZsh && MarkedBlock.IsIn(StartPath);
        if (!removed && !configured)
            return (false, "Completion script is not installed");
        var messages = new List<string>();
        if (removed)
            messages.Add($"Completion script removed from {Path}");
        if (configured && MarkedBlock.Remove(StartPath, allBlank: true))
            messages.Add("Removed OpenSpec configuration from ~/.zshrc");
        return (true, string.Join(". ", messages));
    }

    protected override string Installed(bool configured) =>
        IsOhMyZsh ? "Completion script installed successfully for Oh My Zsh"
        : configured ? "Completion script installed and .zshrc configured successfully"
        : "Completion script installed successfully for Zsh";

    protected override bool Configure()
    {
        if (IsOhMyZsh || Session.Variable("OPENSPEC_NO_AUTO_CONFIG") == "1")
            return false;
        var problem = MarkedBlock.Put(StartPath, $"# OpenSpec shell completions configuration\nfpath=({MarkedBlock.Quote(Folder)} $fpath)\nautoload -Uz compinit\ncompinit");
        if (problem is { Length: > 0 })
            Session.Line($"Unable to configure .zshrc for completions: {problem}");
        return problem is null;
    }

    protected override IReadOnlyList<string> Instructions(bool configured)
    {
        if (configured)
            return [];
        if (IsOhMyZsh)
        {
            return
            [
                "Completion script installed to Oh My Zsh completions directory.",
                "Restart your shell or run: exec zsh",
                "Completions should activate automatically.",
                "",
                "Note: Oh My Zsh typically auto-loads completions from custom/completions.",
                $"Verify that {Folder} is in your fpath by running:",
                $"  printf '%s\\n' $fpath | grep -F {MarkedBlock.Quote(Folder)}",
                "",
                "If not found, completions may not work. Restart your shell to ensure changes take effect.",
            ];
        }

        return
        [
            "Completion script installed to ~/.zsh/completions/",
            "",
            "To enable completions, add the following to your ~/.zshrc file:",
            "",
            "  # Add completions directory to fpath",
            $"  fpath=({MarkedBlock.Quote(Folder)} $fpath)",
            "",
            "  # Initialize completion system",
            "  autoload -Uz compinit",
            "  compinit",
            "",
            "Then restart your shell or run: exec zsh",
            "",
            $"Check if these lines already exist in {StartPath} before adding.",
        ];
    }
}
