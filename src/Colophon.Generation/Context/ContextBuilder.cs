using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Paths;
using Colophon.Text;

namespace Colophon.Generation.Context;

/// <summary>
/// Chooses what a model reads before it starts: the project's memory, the files that the task, the specifications and the proposal name, those that earlier
/// tasks of the change wrote, and what these import. Every choice has a reason that can be shown.
/// </summary>
internal sealed class ContextBuilder
{
    private const int MaximumBytes = 256 * 1024;
    private const int MemoryScore = 95;
    private const int RecentScore = 75;
    private const int ImportDepth = 2;

    private static readonly string[] s_memory = ["AGENTS.md", "CLAUDE.md"];

    private readonly ContextRequest _request;
    private readonly RealTree _tree;
    private readonly FileIndex _index;
    private readonly Dictionary<string, (int Score, string Reason)> _candidates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]?> _contents = new(StringComparer.Ordinal);

    private ContextBuilder(ContextRequest request)
    {
        _request = request;
        _tree = new RealTree(request.Root);
        _index = new FileIndex(request.Files);
    }

    /// <summary>Chooses.</summary>
    internal static ContextSelection Build(ContextRequest request) => new ContextBuilder(request).Build();

    private ContextSelection Build()
    {
        foreach (var file in s_memory.Where(_index.Contains))
            Consider(file, MemoryScore, "the project's notes for models");
        foreach (var source in _request.Sources)
        {
            foreach (var mention in Mentions.In(source.Text, _index))
                Consider(mention.Path, source.Weight * mention.Certainty / 100, $"named in {source.Name}");
        }

        foreach (var (file, task) in _request.Recent)
        {
            if (_index.Contains(file))
                Consider(file, RecentScore, $"written by task {task} of this change");
        }

        FollowImports();
        return Fill();
    }

    private void FollowImports()
    {
        var round = _candidates.Keys.ToList();
        for (var depth = 0; depth < ImportDepth; depth++)
        {
            var next = new List<string>();
            foreach (var file in round.Order(StringComparer.Ordinal))
            {
                if (Content(file) is not { } content)
                    continue;
                foreach (var import in ImportsOf(file, content))
                {
                    if (Consider(import, _candidates[file].Score * 6 / 10, $"imported by {file}"))
                        next.Add(import);
                }
            }

            round = next;
        }
    }

    private IReadOnlyList<string> ImportsOf(string file, byte[] content)
    {
        try
        {
            return [.. Imports.Of(file, Encoding.UTF8.GetString(content), _index)];
        }
        catch (RegexMatchTimeoutException)
        {
            // A file of a strange shape: what it imports is left to the model to read.
            return [];
        }
    }

    // Greedy by rank; a file that does not fit leaves room for smaller ones behind it.
    private ContextSelection Fill()
    {
        var files = new List<ContextPick>();
        var used = 0;
        foreach (var (path, (score, reason)) in _candidates.OrderByDescending(static c => c.Value.Score).ThenBy(static c => c.Key, StringComparer.Ordinal))
        {
            if (Content(path) is not { } content)
                continue;
            var tokens = TokenEstimate.Of(Encoding.UTF8.GetString(content));
            var taken = used + tokens <= _request.Budget;
            used += taken ? tokens : 0;
            files.Add(new ContextPick { Path = path, Reason = reason, Score = score, Tokens = tokens, Taken = taken, Content = content });
        }

        return new ContextSelection(files, used, _request.Budget);
    }

    private bool Consider(string path, int score, string reason)
    {
        var known = _candidates.TryGetValue(path, out var standing);
        if (known && standing.Score >= score)
            return false;
        _candidates[path] = (score, reason);
        return !known;
    }

    // Null for what a model cannot read as text.
    private byte[]? Content(string path)
    {
        if (_contents.TryGetValue(path, out var known))
            return known;
        return _contents[path] = Load(path);
    }

    private byte[]? Load(string path)
    {
        try
        {
            return WorkspacePath.TryParse(path, out var inside) && _tree.Read(inside) is { IsLink: false, IsBinary: false, Content.Length: <= MaximumBytes } state && Utf8.IsValid(state.Content)
                ? state.Content
                : null;
        }
        catch (KernelException)
        {
            return null;
        }
    }
}
