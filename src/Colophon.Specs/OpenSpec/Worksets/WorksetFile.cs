using System.Text;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.Ordering;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Worksets;

/// <summary>The worksets of a person, <c>worksets/worksets.yaml</c> below their data, and the editor files beside it.</summary>
internal sealed class WorksetFile(Session session)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Folder { get; } = $"{UserFolders.Data(session)}/worksets";

    private string Path => $"{Folder}/worksets.yaml";

    /// <summary>The worksets by name.</summary>
    /// <exception cref="OpenSpecFailure">The file is broken.</exception>
    internal List<Workset> Read()
    {
        if (!File.Exists(Path))
            return [];
        var state = new StoreState("worksets file", "invalid_workset_file", "workset.file", $"Repair or remove {Path}.");
        var map = state.Read(Path, Check);
        var worksets = new List<Workset>();
        foreach (var (name, value) in map["worksets"] as Dictionary<string, object?> ?? [])
        {
            var entry = value as Dictionary<string, object?> ?? [];
            var members = (entry["members"] as List<object?> ?? []).OfType<Dictionary<string, object?>>()
                .Select(static member => new WorksetMember(member["name"] as string ?? "", member["path"] as string ?? "")).ToList();
            if (!KebabName.Is(name))
                throw state.Invalid($"workset name '{name}' {StoreId.Rule}");
            if (Workset.Problem(members) is { } problem)
                throw state.Invalid($"workset '{name}': {problem}");
            worksets.Add(new Workset(name, entry.GetValueOrDefault("tool") as string, members));
        }

        worksets.Sort(static (a, b) => RootOrder.Compare(a.Name, b.Name));
        return worksets;
    }

    /// <summary>A workset by name.</summary>
    /// <exception cref="OpenSpecFailure">There is none.</exception>
    internal static Workset Find(List<Workset> worksets, string name) => worksets.Find(workset => workset.Name == name) ?? throw new OpenSpecFailure(
        $"Workset '{name}' is not saved on this machine.",
        "workset_not_found",
        worksets.Count > 0
            ? $"Saved worksets: {string.Join(", ", worksets.Select(static workset => workset.Name))}. See them with: openspec workset list"
            : $"Create it first: openspec workset create {name}",
        "workset.name");

    internal void Add(Workset workset) => Locked(worksets =>
    {
        if (worksets.Exists(other => other.Name == workset.Name))
        {
            throw new OpenSpecFailure(
                $"Workset '{workset.Name}' already exists.", "workset_exists",
                $"Choose another name, or remove it first: openspec workset remove {workset.Name}", "workset.name");
        }

        Write([.. worksets, workset]);
    });

    internal void Remove(string name) => Locked(worksets =>
    {
        worksets.Remove(Find(worksets, name));
        Write(worksets);
        File.Delete(EditorPath(name));
    });

    /// <summary>Writes the editor file of the folders that are there.</summary>
    /// <returns>The workset, those folders, and the file.</returns>
    internal (Workset Workset, List<WorksetMember> There, string File) Prepare(string name)
    {
        (Workset, List<WorksetMember>, string)? prepared = null;
        Locked(worksets =>
        {
            var workset = Find(worksets, name);
            var there = workset.Members.Where(static member => Directory.Exists(member.Path)).ToList();
            if (there.Count == 0)
            {
                throw new OpenSpecFailure(
                    $"No member folder of workset '{name}' exists on this machine.", "workset_no_members_available",
                    $"Recompose it: openspec workset remove {name} --yes && openspec workset create {name} --member <path>", "workset.member");
            }

            UserFile.Write(EditorPath(name), Workset.EditorFile(there), Private);
            prepared = (workset, there, EditorPath(name));
        });
        return prepared ?? throw new OpenSpecFailure($"Workset '{name}' is not saved on this machine.", "workset_not_found");
    }

    private static void Check(Dictionary<string, object?> map, ShapeCheck check)
    {
        StoreState.Literal(map, "version", 1d, "1", check);
        check.Member<Dictionary<string, object?>>(map, "worksets", "record", required: true, worksets =>
        {
            foreach (var name in worksets.Keys)
            {
                check.Member<Dictionary<string, object?>>(worksets, name, "object", required: true, entry =>
                {
                    StoreState.Optional(entry, "tool", check);
                    check.Member<List<object?>>(entry, "members", "array", required: true, members => CheckMembers(members, check));
                    StoreState.NoOther(entry, ["tool", "members"], check);
                });
            }
        });
        StoreState.NoOther(map, ["version", "worksets"], check);
    }

    private static void CheckMembers(List<object?> members, ShapeCheck check)
    {
        for (var i = 0; i < members.Count; i++)
        {
            check.At(i, () =>
            {
                if (members[i] is not Dictionary<string, object?> member)
                {
                    check.Expected("object", members[i]);
                    return;
                }

                check.Member<string>(member, "name", "string", required: true);
                check.Member<string>(member, "path", "string", required: true);
                StoreState.NoOther(member, ["name", "path"], check);
            });
        }
    }

    private string EditorPath(string name) => $"{Folder}/{name}.code-workspace";

    private void Locked(Action<List<Workset>> run) =>
        new StateLock(Path, "the worksets lock file", "The worksets file is busy.", "workset_file_busy", "workset.file").Run(() => run(Read()));

    private void Write(List<Workset> worksets)
    {
        var text = new StringBuilder("version: 1\nworksets:");
        text.Append(worksets.Count == 0 ? " {}\n" : "\n");
        const int deep = 10;
        foreach (var workset in worksets.OrderBy(static workset => workset.Name, Comparer<string>.Create(RootOrder.Compare)))
        {
            text.Append($"  {YamlScalar.Write(workset.Name)}:\n");
            if (workset.Tool is not null)
                text.Append($"    tool: {YamlScalar.Write(workset.Tool, "tool: ".Length, 6)}\n");
            text.Append("    members:\n");
            foreach (var member in workset.Members)
                text.Append($"      - name: {YamlScalar.Write(member.Name, "name: ".Length, deep)}\n        path: {YamlScalar.Write(member.Path, "path: ".Length, deep)}\n");
        }

        UserFile.Write(Path, Encoding.UTF8.GetBytes(text.ToString()), Private);
    }
}
