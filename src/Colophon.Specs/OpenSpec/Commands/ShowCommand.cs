using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Diffs;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>show</c>: a change's proposal or a spec, as it is or as JSON.</summary>
internal static class ShowCommand
{
    internal static void Run(Session session)
    {
        try
        {
            if (RootSelection.TryResolve(session) is not { } tree)
                return;
            if (session.Command.Argument(0) is not { Length: > 0 } name)
            {
                if (session.IsInteractive)
                    Choose(session, tree);
                else
                    RefuseNothing(session);
                return;
            }

            if (Items.Resolve(session, tree, name, "show") is not { } kind)
                return;
            WarnAboutFlags(session, kind);
            if (kind == ItemKind.Change)
                ShowChange(session, tree, name);
            else
                ShowSpec(session, tree, name);
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException)
        {
            session.FailJson(OpenSpecFailure.From(e), "show_error");
        }
    }

    private static void RefuseNothing(Session session)
    {
        // The old commands work on the current folder and cannot reach a store.
        var others = session.StoreId is null ? "  openspec change show\n  openspec spec show"
            : $"  {session.Hint("openspec show <item> --type change")}\n  {session.Hint("openspec show <item> --type spec")}";
        session.ErrorLine($"Nothing to show. Try one of:\n  {session.Hint("openspec show <item>")}\n{others}\nOr run in an interactive terminal.");
        session.ExitCode = 1;
    }

    private static void Choose(Session session, SpecTree tree)
    {
        var isChange = (Prompt.Select(session, "What would you like to show?", [new("change", "Change"), new("spec", "Spec")]) ?? throw Prompt.NoAnswer()) == "change";
        var names = isChange ? tree.Changes : tree.Specs;
        if (names.Count == 0)
        {
            session.ErrorLine(isChange ? "No changes found." : "No specs found.");
            session.ExitCode = 1;
            return;
        }

        var picked = Prompt.Select(session, isChange ? "Pick a change" : "Pick a spec", [.. names.Select(static name => new Choice(name, name))]) ?? throw Prompt.NoAnswer();
        if (isChange)
            ShowChange(session, tree, picked);
        else
            ShowSpec(session, tree, picked);
    }

    internal static void ShowChange(Session session, SpecTree tree, string name)
    {
        var hasDiffs = session.Command.Has("--diff");
        if (session.Json)
        {
            string? problem = null;
            session.Write(output => problem = ShowChangeJson.TryWrite(tree, name, output, hasDiffs ? () => SpecDiffs.Read(tree, name) : null));
            if (problem is not null)
                throw new OpenSpecFailure(problem);
            if (session.Command.Has("--requirements-only"))
                session.ErrorLine("Flag --requirements-only is deprecated; use --deltas-only instead.");
            return;
        }

        var (text, refusal) = ShowChangeJson.ReadProposal(tree, name);
        session.Line(text ?? throw new OpenSpecFailure(refusal ?? ""));
        if (hasDiffs)
            DiffText.Write(session, name, SpecDiffs.Read(tree, name));
    }

    internal static void ShowSpec(Session session, SpecTree tree, string id)
    {
        var command = session.Command;
        var path = $"{tree.SpecsPath}/{id}/{SpecFiles.FileName}";
        if (!Path.GetFullPath(path).StartsWith(tree.SpecsPath + "/", StringComparison.Ordinal))
            throw new OpenSpecFailure($"Path is outside the allowed directory: {Path.GetFullPath(path)}");
        if (session.Json)
        {
            var parts = new ShownParts(command.Has("--requirements"), !command.Has("--no-scenarios"), command.Value("--requirement"));
            string? problem = null;
            session.Write(output => problem = ShowSpecJson.TryWrite(tree, id, parts, output));
            if (problem is not null)
                throw new OpenSpecFailure(problem);
            return;
        }

        var file = FileText.Read(path);
        if (file.Missing)
            throw new OpenSpecFailure($"Spec '{id}' not found at {path}");
        session.Line(file.Text ?? throw new OpenSpecFailure(SystemError.Describe(file.Failure ?? "", path)));
    }

    private static void WarnAboutFlags(Session session, ItemKind kind)
    {
        var command = session.Command;
        ReadOnlySpan<(string Flag, string Name)> foreign = kind == ItemKind.Change
            ? [("--requirements", "requirements"), ("--no-scenarios", "scenarios"), ("--requirement", "requirement")]
            : [("--deltas-only", "deltasOnly"), ("--requirements-only", "requirementsOnly"), ("--diff", "diff")];
        var ignored = new List<string>();
        foreach (var (flag, name) in foreign)
        {
            if (command.Has(flag))
                ignored.Add(name);
        }

        if (ignored.Count > 0)
            session.ErrorLine($"Warning: Ignoring flags not applicable to {ReportJson.NameOf(kind)}: {string.Join(", ", ignored)}");
    }
}
