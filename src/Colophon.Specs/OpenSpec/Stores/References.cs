using System.Text;
using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Stores;

/// <summary>A store that a configuration refers to, and the specs an agent may fetch from it.</summary>
internal sealed record ReferencedStore(string Id)
{
    internal string? Root { get; init; }

    /// <summary>Ids with the first line of their purpose; null where they were not asked for.</summary>
    internal List<(string Id, string Summary)>? Specs { get; set; }

    internal List<Diagnostic> Status { get; } = [];

    internal string Fetch => $"openspec show <spec-id> --type spec --store {Id}";
}

/// <summary>Resolves the <c>references:</c> of a configuration. A problem becomes a note, never a failure.</summary>
internal static class References
{
    private const int MostBytes = 50 * 1024;
    private const int LongestSummary = 300;
    private const int LongestId = 100;

    /// <summary>The entries in the order declared; the tree itself is left out.</summary>
    /// <param name="session">The run.</param>
    /// <param name="tree">The tree whose configuration it is.</param>
    /// <param name="declared">What it declares.</param>
    /// <param name="stores">The stores of this machine; null where their list cannot be read.</param>
    /// <param name="withSpecs">Whether the specs are listed.</param>
    internal static List<ReferencedStore> Read(Session session, SpecTree tree, IReadOnlyList<StoreReference> declared, List<RegisteredStore>? stores, bool withSpecs)
    {
        var entries = new List<ReferencedStore>();
        foreach (var (id, remote) in declared)
        {
            if (!StoreId.IsValid(id))
            {
                entries.Add(Problem(id, "reference_invalid_id", $"Reference '{id}' is not a valid store id.", "Use kebab-case store ids in the references list."));
            }
            else if (tree.StoreId != id)
            {
                if (stores is null)
                    entries.Add(Problem(id, "reference_registry_unreadable", $"Referenced store '{id}' cannot be checked: the store registry is unreadable.", "Run: openspec store doctor"));
                else if (stores.Find(store => store.Id == id) is { } store)
                    Add(entries, tree, store, withSpecs);
                else
                    entries.Add(Problem(id, "reference_unresolved", $"Referenced store '{id}' is not registered on this machine.", RegisterFix(session, id, remote)));
            }
        }

        return entries;
    }

    /// <summary>The stores of this machine, or null where the list is broken.</summary>
    internal static List<RegisteredStore>? Snapshot(Session session)
    {
        try
        {
            return new StoreRegistry(session).ReadOrEmpty();
        }
        catch (OpenSpecFailure)
        {
            return null;
        }
    }

    /// <summary>The block for artifact instructions.</summary>
    internal static string Block(IEnumerable<ReferencedStore> entries) =>
        $"<referenced_stores>\n<!-- Read-only upstream context. Fetch what you need; cite what you use. -->\n{Lines(entries)}</referenced_stores>";

    /// <summary>The section for apply instructions.</summary>
    internal static string Section(IEnumerable<ReferencedStore> entries) =>
        $"### Referenced Stores\n\nRead-only upstream context. Fetch what you need; cite what you use.\n\n{Lines(entries).TrimEnd('\n')}";

    internal static void Write(JsonText json, string name, IEnumerable<ReferencedStore> entries)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var entry in entries)
        {
            json.BeginObject();
            json.Text("store_id", entry.Id);
            if (entry.Root is { } root)
                json.Text("root", root);
            if (entry.Specs is { } specs)
            {
                json.Name("specs");
                json.BeginArray();
                foreach (var (id, summary) in specs)
                {
                    json.BeginObject();
                    json.Text("id", id);
                    json.Text("summary", summary);
                    json.EndObject();
                }

                json.EndArray();
                json.Text("fetch", entry.Fetch);
            }

            Diagnostic.Write(json, "status", entry.Status);
            json.EndObject();
        }

        json.EndArray();
    }

    /// <summary>One line without control characters, cut where it is too long.</summary>
    internal static string Inline(string text, int longest = LongestSummary)
    {
        var flat = Envelope.Inline(text);
        return flat.Length > longest ? flat[..longest] + "…" : flat;
    }

    private static void Add(List<ReferencedStore> entries, SpecTree tree, RegisteredStore store, bool withSpecs)
    {
        var finding = StoreRoot.Inspect(store);
        if (finding.Failure is not null)
        {
            entries.Add(Problem(store.Id, "reference_root_unhealthy", $"Referenced store '{store.Id}' is registered but not usable ({finding.Kind}).", $"Run: openspec store doctor {store.Id}"));
            return;
        }

        if (finding.Root == RealPaths.Of(tree.Root))
            return;
        var entry = new ReferencedStore(store.Id) { Root = finding.Root, Specs = withSpecs ? Specs(finding.Root) : null };
        entries.Add(entry);
        if (entry.Specs is not { } all || Size(entries) <= MostBytes)
            return;
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            entry.Specs = all[..middle];
            if (Size(entries) > MostBytes)
                high = middle - 1;
            else
                low = middle;
        }

        entry.Specs = all[..low];
        entry.Status.Add(Warning(
            "reference_index_truncated", $"Referenced store '{store.Id}' index truncated at the 50KB budget ({low} of {all.Count} specs listed).",
            $"List the rest directly: openspec list --specs --store {store.Id}"));
    }

    private static int Size(List<ReferencedStore> entries) => Encoding.UTF8.GetByteCount(Block(entries));

    private static ReferencedStore Problem(string id, string code, string message, string fix)
    {
        var entry = new ReferencedStore(id);
        entry.Status.Add(Warning(code, message, fix));
        return entry;
    }

    private static Diagnostic Warning(string code, string message, string fix) => new("warning", code, message, "references", fix);

    private static string RegisterFix(Session session, string id, string? remote)
    {
        if (remote is null || remote.StartsWith('-') || remote.Any(static c => !char.IsAsciiLetterOrDigit(c) && !"@:/._~+-".Contains(c)))
            return $"Get a checkout from a teammate and run: openspec store register <path> --id {id}";
        var checkout = $"'{UserFolders.Home(session)}/openspec/{id}'";
        return $"git clone -- {remote} {checkout} && openspec store register {checkout} --id {id}";
    }

    private static List<(string Id, string Summary)> Specs(string root) =>
        SpecFiles.Find($"{root}/openspec/specs").ConvertAll(static file => (file.Id, FileText.Read(file.Path).Text is { } text ? Inline(PurposeLine(text)) : ""));

    /// <summary>The first line of the purpose, found without asking that the spec be complete.</summary>
    private static string PurposeLine(string markdown)
    {
        var (inPurpose, fence) = (false, "");
        foreach (var raw in markdown.Split('\n'))
        {
            var line = raw.EndsWith('\r') ? raw[..^1] : raw;
            var trimmed = Js.TrimStart(line);
            if (trimmed.StartsWith("```") || trimmed.StartsWith("~~~"))
            {
                var mark = trimmed[..3].ToString();
                fence = fence.Length == 0 ? mark : fence == mark ? "" : fence;
            }
            else if (fence.Length == 0 && Title(line) is { } title)
            {
                if (inPurpose)
                    return "";
                inPurpose = Js.ToLower(title) == "purpose";
            }
            else if (fence.Length == 0 && inPurpose && !Js.IsBlank(line))
            {
                return Js.Trim(line).ToString();
            }
        }

        return "";
    }

    /// <summary>A header's title without its closing run.</summary>
    private static string? Title(string line)
    {
        var level = 0;
        while (level < 6 && level < line.Length && line[level] == '#')
            level++;
        if (level == 0 || level >= line.Length || !Js.IsSpace(line[level]))
            return null;
        var title = Js.Trim(line.AsSpan(level));
        var open = title.TrimEnd('#');
        return open.Length < title.Length && (open.IsEmpty || Js.IsSpace(open[^1])) && !open.IsEmpty ? Js.TrimEnd(open).ToString() : title.ToString();
    }

    private static string Lines(IEnumerable<ReferencedStore> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            if (entry.Root is not null)
            {
                text.Append($"Store {entry.Id} ({entry.Root}):\n");
                foreach (var (id, summary) in entry.Specs ?? [])
                    text.Append("  - ").Append(Inline(id, LongestId)).Append(summary.Length > 0 ? $": {summary}\n" : "\n");
                if (entry.Specs is not null)
                    text.Append($"  Fetch: {entry.Fetch}\n");
            }

            foreach (var diagnostic in entry.Status)
                text.Append(entry.Root is null ? $"Store {entry.Id}: " : "  Note: ").Append(diagnostic.Message).Append('\n').Append("  Fix: ").Append(diagnostic.Fix).Append('\n');
        }

        return text.ToString();
    }
}
