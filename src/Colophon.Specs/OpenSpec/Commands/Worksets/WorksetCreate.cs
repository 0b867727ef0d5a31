using Colophon.Specs.OpenSpec.Commands.Stores;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.OpenSpec.Worksets;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Worksets;

/// <summary><c>workset create</c>: from options, or asked for step by step.</summary>
internal static class WorksetCreate
{
    internal static void Run(Session session)
    {
        var workset = !session.Json && session.HasSomebodyToAsk ? Ask(session) : FromOptions(session);
        new WorksetFile(session).Add(workset);
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.BeginObject();
                json.Name("workset");
                workset.Write(json);
                json.Texts("status", []);
                json.EndObject();
            });
            return;
        }

        session.Line($"\nSaved workset '{workset.Name}' ({workset.Members.Count} member{(workset.Members.Count == 1 ? "" : "s")}) to your machine.");
        session.Line($"Open it any time with: openspec workset open {workset.Name}");
    }

    private static IEnumerable<string> Flags(Session session) => session.Command.Options.Where(static option => option.Name == "--member").Select(static option => option.Value);

    private static string CheckName(string name) => KebabName.Is(name) ? name : throw new OpenSpecFailure(
        $"Workset name '{name}' {StoreId.Rule}.", "invalid_workset_name", "Use kebab-case with lowercase letters, numbers, and single hyphen separators.", "workset.name");

    private static Workset FromOptions(Session session)
    {
        if (session.Command.Argument(0) is not { Length: > 0 } name)
            throw new OpenSpecFailure("Pass a workset name.", "workset_name_required", "openspec workset create <name> --member <path>", "workset.name");
        CheckName(name);
        if (!Flags(session).Any())
        {
            throw new OpenSpecFailure(
                "Pass at least one member folder.", "workset_members_required", $"openspec workset create {name} --member <path> --member <name>=<path>", "workset.member");
        }

        List<WorksetMember> members = [.. Flags(session).Select(flag => Member(session, flag))];
        var tool = session.Command.Value("--tool");
        var table = tool is null ? [] : Openers.Read(session);
        if (table.Find(opener => opener.Id == tool) is { } chosen && !WorksetOpen.IsEnabled(session, chosen))
            throw WorksetOpen.Disabled(chosen, name);
        return Finish(session, name, members, tool, table);
    }

    private static Workset Finish(Session session, string name, List<WorksetMember> members, string? tool, List<Opener> table)
    {
        if (Workset.Problem(members) is { } problem)
            throw Invalid(problem);
        if (tool is not null && !table.Exists(opener => opener.Id == tool))
            throw WorksetOpen.Unknown(session, tool, table);
        return new Workset(name, tool, members);
    }

    private static OpenSpecFailure Invalid(string problem) => new(
        $"Invalid workset member: {problem}.", "workset_member_invalid", "Pass --member <path> with an existing folder, or --member <name>=<path> to label it.", "workset.member");

    /// <summary><c>path</c>, or <c>name=path</c>.</summary>
    private static WorksetMember Member(Session session, string flag)
    {
        var at = flag.IndexOf('=', StringComparison.Ordinal);
        var path = at > 0 ? flag[(at + 1)..] : flag;
        if (path.Length == 0)
            throw Invalid($"'{flag}' has no path");
        var folder = StoreMutation.Resolve(session, path);
        if (!Directory.Exists(folder))
            throw Invalid($"'{path}' is not an existing folder");
        var name = at > 0 ? flag[..at] : Path.GetFileName(folder);
        return FolderName.Problem(name, "member name") is { } problem ? throw Invalid(problem) : new WorksetMember(name, folder);
    }

    private static Workset Ask(Session session)
    {
        session.Line("[1/3] Name the workset");
        var name = CheckName(session.Command.Argument(0) ?? Prompt.Ask(session, "Workset name: ")?.Trim() ?? throw Prompt.NoAnswer());
        session.Line($"  Workset name: {name}");
        var table = Openers.Read(session);
        session.Line("\n[2/3] Add member folders (the first one is the primary - sessions start there)");
        List<WorksetMember> members = [.. Flags(session).Select(flag => Member(session, flag))];
        while (true)
        {
            var answer = (Prompt.Ask(session, members.Count == 0 ? "Folder path, or name=path: (.) " : "Another folder, or Enter to finish: ") ?? throw Prompt.NoAnswer()).Trim();
            if (answer.Length == 0 && members.Count > 0)
                break;
            try
            {
                var member = Member(session, answer.Length == 0 ? "." : answer);
                if (Workset.Problem([.. members, member]) is { } problem)
                    throw Invalid(problem);
                members.Add(member);
                session.Line($"  Added '{member.Name}' ({member.Path})");
            }
            catch (OpenSpecFailure e)
            {
                session.Line($"  {e.Message}");
            }
        }

        session.Line("\n[3/3] Choose your tool");
        var tool = session.Command.Value("--tool");
        var available = table.FindAll(opener => WorksetOpen.IsEnabled(session, opener) && Openers.IsInstalled(session, opener));
        if (tool is null && available.Count == 0)
            session.Line("  None of the known tools is on PATH; not saving a preference.");
        else
            tool ??= Prompt.Select(session, "Open with:", available.ConvertAll(static opener => new Choice(opener.Id, opener.Label))) ?? throw Prompt.NoAnswer();
        return Finish(session, name, members, tool, table);
    }
}
