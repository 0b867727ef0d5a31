using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Setup.State;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Moves;

/// <summary>Moves OpenSpec's files out of the folders that tools read before. A person's own files stay, and so does what was changed by hand.</summary>
internal sealed class FormerRoots(ProjectFiles files)
{
    private enum Fate
    {
        Move,
        Drop,
        Keep,
        Same,
    }

    /// <summary>What could be moved before anything is written.</summary>
    internal List<Move> Find() => Collect(apply: false, tools: null, afterWriting: false);

    /// <summary>Moves what needs nobody's consent.</summary>
    internal List<Move> Apply() => Collect(apply: true, tools: null, afterWriting: false);

    /// <summary>Moves the files of tools that were chosen, which is consent.</summary>
    internal List<Move> Apply(params IReadOnlyCollection<AiTool> tools) => Collect(apply: true, tools, afterWriting: false);

    /// <summary>Takes away what was just written to the tool's new folder.</summary>
    internal void Finish(AiTool tool)
    {
        foreach (var move in Collect(apply: true, [tool], afterWriting: true))
            move.Report(files.Session);
    }

    private List<Move> Collect(bool apply, IReadOnlyCollection<AiTool>? tools, bool afterWriting)
    {
        var moves = new List<Move>();
        foreach (var former in FormerRoot.All)
        {
            if (former.AfterWriting != afterWriting || (tools?.Any(tool => tool.Id == former.Tool) ?? !(apply && former.NeedsConsent)) == false)
                continue;
            if (ToolTable.Find(former.Tool) is not { SkillsRoot: { } to } owner || !DiskEntry.ExistsAt(files.At(former.Root)))
                continue;
            if (!files.IsInside(files.At(former.Root), files.At(to)))
            {
                files.Session.ErrorLine($"Skipping legacy {former.Root}/ migration because the directory resolves outside this project.");
                continue;
            }

            var skills = Skills(former, to, apply);
            var commands = Commands(owner, former, to, apply);
            if (apply)
            {
                ProjectFiles.DeleteIfEmpty(files.At($"{former.Root}/skills"));
                ProjectFiles.DeleteIfEmpty(files.At($"{former.Root}/workflows"));
                ProjectFiles.DeleteIfEmpty(files.At(former.Root));
            }

            if (skills.Moved + skills.Kept + commands.Moved + commands.Kept > 0)
                moves.Add(new Move(former, to, skills.Moved, commands.Moved, skills.Kept + commands.Kept));
        }

        return moves;
    }

    private (int Moved, int Kept) Skills(FormerRoot former, string to, bool apply)
    {
        var (moved, kept) = (0, 0);
        foreach (var workflow in Workflows.All)
        {
            var name = Workflows.Skill(workflow);
            var (source, target) = (files.At($"{former.Root}/skills/{name}/SKILL.md"), files.At($"{to}/skills/{name}/SKILL.md"));
            if (!IsCandidate(former, source, target, $"{former.Root}/skills/{name}"))
                continue;
            Take(source, target, apply, ref moved, ref kept);
            if (apply && !DiskEntry.ExistsAt(source))
                ProjectFiles.DeleteIfEmpty(Path.GetDirectoryName(source) ?? "");
        }

        return (moved, kept);
    }

    private (int Moved, int Kept) Commands(AiTool tool, FormerRoot former, string to, bool apply)
    {
        var (moved, kept) = (0, 0);
        if (tool.Commands is not { } commands || !commands.Pattern.StartsWith($"{to}/", StringComparison.Ordinal))
            return (moved, kept);
        foreach (var workflow in Workflows.InFileOrder)
        {
            var current = commands.PathOf(workflow);
            var old = $"{former.Root}{current[to.Length..]}";
            var (source, target) = (files.Inside(old), files.At(current));
            if (!DiskEntry.ExistsAt(source))
                continue;
            files.Assert(target);
            if (IsCandidate(former, source, target, old))
                Take(source, target, apply, ref moved, ref kept);
        }

        return (moved, kept);
    }

    private bool IsCandidate(FormerRoot former, string source, string target, string name)
    {
        if (!DiskEntry.ExistsAt(source) || (former.AfterWriting && !DiskEntry.ExistsAt(target)))
            return false;
        if (files.IsInside(source, target))
            return true;
        files.Session.ErrorLine($"Skipping legacy {name} migration because it resolves outside this project.");
        return false;
    }

    private static void Take(string source, string target, bool apply, ref int moved, ref int kept)
    {
        switch (FateOf(source, target))
        {
            case Fate.Same:
                return;
            case Fate.Keep:
                kept++;
                return;
            case Fate.Drop when apply:
                if (Try(() => File.Delete(source)))
                    moved++;
                return;
            case Fate.Move when apply:
                if (Try(() => Rename(source, target)))
                    moved++;
                return;
            default:
                moved++;
                return;
        }
    }

    private static void Rename(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? "/");
        File.Move(source, target, overwrite: true);
    }

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be moved stays where it is.
            return false;
        }
    }

    private static Fate FateOf(string source, string target)
    {
        if (!DiskEntry.ExistsAt(target))
            return Fate.Move;
        if (RealPaths.Of(source) == RealPaths.Of(target))
            return Fate.Same;
        if (ProjectFiles.ReadOrNull(source) is not { } one || ProjectFiles.ReadOrNull(target) is not { } other)
            return Fate.Keep;
        var skill = source.EndsWith("/SKILL.md", StringComparison.Ordinal);
        return one == other || (skill && SkillContent.AreEquivalent(one, other)) ? Fate.Drop : Fate.Keep;
    }
}
