namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary>Fish: one file in the folder it loads by itself.</summary>
internal sealed class FishInstaller(Session session) : CompletionInstaller(session)
{
    internal override string Shell => "fish";

    internal override string Path => Home(".config/fish/completions/openspec.fish");

    internal override string StartFile => "~/.config/fish/config.fish";

    internal override string Reload => "exec fish";

    protected override string UpToDateHint => "Fish automatically loads completions - they should be available immediately.";

    protected override bool NeedsWritableFolder => true;

    protected override string Installed(bool configured) => "Completion script installed successfully for Fish";

    protected override bool Configure() => false;

    protected override IReadOnlyList<string> Instructions(bool configured) =>
        ["Fish automatically loads completions from ~/.config/fish/completions/", "Completions are available immediately - no shell restart needed."];
}
