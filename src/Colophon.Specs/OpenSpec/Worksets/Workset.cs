using System.Buffers;
using Colophon.Specs.Json;

namespace Colophon.Specs.OpenSpec.Worksets;

/// <summary>A folder of a workset and what it is called there.</summary>
internal sealed record WorksetMember(string Name, string Path);

/// <summary>Folders that a person opens together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tool">The tool it opens in, where one is saved.</param>
/// <param name="Members">The folders; the first one is the primary.</param>
internal sealed record Workset(string Name, string? Tool, IReadOnlyList<WorksetMember> Members)
{
    /// <summary>Names and paths in two columns.</summary>
    internal static IEnumerable<string> Rows(IReadOnlyList<WorksetMember> members)
    {
        var width = members.Max(static member => member.Name.Length);
        return members.Select(member => $"{member.Name.PadRight(width)}  {member.Path}");
    }

    /// <summary>What is wrong with a list of members, or null.</summary>
    internal static string? Problem(IReadOnlyList<WorksetMember> members)
    {
        if (members.Count == 0)
            return "members must not be empty";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, path) in members)
        {
            if (FolderName.Problem(name, "member name") is { } problem)
                return problem;
            if (!seen.Add(name))
                return $"duplicate member name '{name}' (use the name=path form to label members distinctly)";
            if (!path.StartsWith('/'))
                return $"member path '{path}' must be absolute";
        }

        return null;
    }

    /// <summary>The editor's file that opens these folders.</summary>
    internal static byte[] EditorFile(IEnumerable<WorksetMember> members)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        json.BeginObject();
        WriteMembers(json, "folders", members);
        json.EndObject();
        json.Finish();
        return output.WrittenSpan.ToArray();
    }

    internal void Write(JsonText json)
    {
        json.BeginObject();
        json.Text("name", Name);
        if (Tool is not null)
            json.Text("tool", Tool);
        WriteMembers(json, "members", Members);
        json.EndObject();
    }

    private static void WriteMembers(JsonText json, string name, IEnumerable<WorksetMember> members)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var member in members)
        {
            json.BeginObject();
            json.Text("name", member.Name);
            json.Text("path", member.Path);
            json.EndObject();
        }

        json.EndArray();
    }
}
