using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Authoring;

/// <summary>Writes a new change into a tree: all of it or nothing, and never over anything.</summary>
public static class ChangeWriter
{
    /// <summary>What keeps a word from being the name of a new change, in OpenSpec's words; null where nothing does.</summary>
    public static string? NameProblem(string name) => ChangeNames.Problem(name);

    /// <summary>A name made of a title; empty where no letter or digit of it can stand in one.</summary>
    public static string NameFor(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var name = new StringBuilder();
        foreach (var c in title)
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(char.ToLowerInvariant(c));
            else if (c != '\'' && name.Length > 0 && name[^1] != '-')
                name.Append('-');
            if (name.Length == LongestSuggestion)
                break;
        }

        return name.ToString().Trim('-');
    }

    /// <summary>Whether a word can be the id of a new capability: kebab case, folders between slashes.</summary>
    public static bool IsCapability(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Split('/').All(KebabName.Is);
    }

    /// <summary>Whether a sentence says SHALL or MUST, as validation asks of a requirement.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="keywords">Words that count beside the English ones; null for none.</param>
    public static bool IsNormative(string text, SpecKeywords? keywords = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Js.HasNormativeKeyword(text) || keywords?.IsNormative(text) is true;
    }

    /// <summary>Writes the change.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="draft">The change.</param>
    /// <param name="time">Tells the date it carries.</param>
    /// <exception cref="SpecException">
    /// <see cref="SpecError.NameInvalid"/>, <see cref="SpecError.ChangeExists"/>, or <see cref="SpecError.DraftInvalid"/>: the draft contradicts the specifications.
    /// </exception>
    /// <exception cref="KernelException">It cannot be written; nothing was.</exception>
    public static WrittenChange Write(SpecTree tree, ChangeDraft draft, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(time);
        Check(tree, draft);
        var text = new DraftText(draft, tree.Keywords, (capability, requirement) => Standing(tree, capability, requirement));
        var files = new List<(string Path, string Text)> { (ChangeMetadata.FileName, Metadata(draft, time)), ("proposal.md", text.Proposal()) };
        files.AddRange(draft.Deltas.Select(d => ($"specs/{d.Capability}/spec.md", text.Delta(d))));
        files.Add(("tasks.md", text.Tasks()));
        var folder = $"{tree.ChangesPath}/{draft.Name}";
        // Hidden while it grows: no reader takes a dot folder for a change.
        var growing = $"{tree.ChangesPath}/.{draft.Name}.{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}{AtomicFile.TemporarySuffix}";
        try
        {
            foreach (var (path, content) in files)
                AtomicFile.Write($"{growing}/{path}", Encoding.UTF8.GetBytes(content));
            Directory.Move(growing, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KernelException)
        {
            if (Directory.Exists(growing))
                Directory.Delete(growing, recursive: true);
            throw Path.Exists(folder) ? Exists(draft.Name) : new KernelException(
                (e as KernelException)?.Error ?? KernelError.WriteFailed, $"The change cannot be written to '{folder}': {Reason(e, growing, folder)}", (e as KernelException)?.Hint ?? "Check permissions and the room on the disk.", e);
        }

        var relative = $"openspec/changes/{draft.Name}";
        string[] toFill = [.. text.ToFill, .. draft is { Deltas.Count: 0, NoSpecs: false } ? ["specs/<capability>/spec.md: what it changes about a capability, or `skip_specs: true` in .openspec.yaml where that is nothing"] : Array.Empty<string>()];
        return new WrittenChange(relative, [.. files.Select(f => $"{relative}/{f.Path}")], toFill);
    }

    /// <summary>The requirement of a capability as it stands in the main specifications, or null.</summary>
    public static Requirement? Standing(SpecTree tree, string capability, string requirement)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Specs.Contains(capability, StringComparer.Ordinal) ? tree.Spec(capability).Requirements.FirstOrDefault(r => r.Name == requirement) : null;
    }

    /// <summary>The system's reason, with the name that the reader knows.</summary>
    private static string Reason(Exception e, string growing, string folder) => (e is KernelException ? e.InnerException ?? e : e).Message.Replace(growing, folder, StringComparison.Ordinal);

    private const int LongestSuggestion = 60;

    private static void Check(SpecTree tree, ChangeDraft draft)
    {
        if (NameProblem(draft.Name) is { } problem)
            throw new SpecException(SpecError.NameInvalid, $"'{draft.Name}' cannot be a change's name: {problem}.", NameFor(draft.Name) is { Length: > 0 } better ? $"For example: {better}" : "For example: add-search");
        if (Path.Exists($"{tree.ChangesPath}/{draft.Name}"))
            throw Exists(draft.Name);
        if ((ProjectConfig.Read(tree.Root, static _ => { }).Schema ?? SchemaLibrary.BuiltIn) is var schema && schema != SchemaLibrary.BuiltIn)
            throw Contradicts($"This project's changes follow the schema '{schema}', which has other files.", $"`colophon openspec new change {draft.Name}` begins one of those.");
        if (draft is { NoSpecs: true, Deltas.Count: > 0 })
            throw Contradicts("A change that changes no specification cannot name a capability.", null);
        foreach (var delta in draft.Deltas)
            Check(tree, delta);
        if (draft.Deltas.GroupBy(static d => d.Capability, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twice)
            throw Contradicts($"The capability '{twice.Key}' is named twice.", "Say all of it in one place.");
    }

    private static void Check(SpecTree tree, DraftDelta delta)
    {
        var exists = tree.Specs.Contains(delta.Capability, StringComparer.Ordinal);
        if (!exists && !IsCapability(delta.Capability))
            throw Contradicts($"'{delta.Capability}' cannot be a capability's id.", "Lower-case letters, digits and hyphens, folders between slashes: user-auth, or identity/user-auth.");
        foreach (var name in delta.Added.Select(static r => r.Name).Where(n => Standing(tree, delta.Capability, n) is not null))
            throw Contradicts($"'{delta.Capability}' has a requirement '{name}' already.", "Modify it instead, or choose another name.");
        foreach (var name in delta.Modified.Select(static r => r.Name).Concat(delta.Removed.Select(static r => r.Name)).Where(n => Standing(tree, delta.Capability, n) is null))
            throw Contradicts($"'{delta.Capability}' has no requirement '{name}'.", exists ? $"Its requirements are: {string.Join("; ", tree.Spec(delta.Capability).Requirements.Select(static r => r.Name))}." : $"There is no specification '{delta.Capability}'.");
        if (delta.Added.Concat(delta.Modified).Select(static r => r.Name).Concat(delta.Removed.Select(static r => r.Name)).GroupBy(static n => n, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twice)
            throw Contradicts($"The requirement '{twice.Key}' is named twice.", null);
    }

    private static string Metadata(ChangeDraft draft, TimeProvider time)
    {
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone);
        return $"schema: {SchemaLibrary.BuiltIn}\ncreated: {today:yyyy-MM-dd}\n{(draft.NoSpecs ? "skip_specs: true\n" : "")}";
    }

    private static SpecException Exists(string name) => new(SpecError.ChangeExists, $"There is a change '{name}' already; nothing was written.", $"`colophon show {name}` shows it; choose another name.");

    private static SpecException Contradicts(string message, string? hint) => new(SpecError.DraftInvalid, message, hint);
}
