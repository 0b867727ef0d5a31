using Colophon.Specs.Layout;
using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Archiving;

/// <summary>What becomes of a main spec.</summary>
internal enum SpecOutcome
{
    /// <summary>It is written, if anything changed.</summary>
    Write,

    /// <summary>Its file is deleted: the capability is retired.</summary>
    Retire,

    /// <summary>It was retired before.</summary>
    Skip,
}

/// <summary>A delta of a change and the main spec it belongs to.</summary>
/// <param name="Id">The capability.</param>
/// <param name="Source">The delta's file.</param>
/// <param name="Target">The main spec's file.</param>
/// <param name="Exists">Whether the main spec is there.</param>
internal sealed record SpecUpdate(string Id, string Source, string Target, bool Exists)
{
    /// <summary>Words that count beside the English ones; null for none.</summary>
    internal SpecKeywords? Keywords { get; init; }

    /// <summary>The deltas of a change, ordered by capability.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal static List<SpecUpdate> Find(SpecTree tree, string change) =>
        Files($"{tree.ChangesPath}/{change}/specs").ConvertAll(file =>
        {
            var target = $"{tree.SpecsPath}/{file.Id}/{SpecFiles.FileName}";
            return new SpecUpdate(file.Id, file.Path, target, Path.Exists(target)) { Keywords = tree.Keywords };
        });

    /// <summary>The delta files of a folder; a file in its place is an error here, though validation lets it pass.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal static List<SpecFile> Files(string specs) => File.Exists(specs)
        ? throw new SpecException(SpecError.Unreadable, $"'{specs}' is not a folder.", "Delta specs live in folders below it.") { Subject = specs, WhileListing = true }
        : SpecFiles.Find(specs);
}

/// <summary>A main spec with a delta applied, in memory.</summary>
internal sealed class PreparedSpec
{
    private readonly SpecMerge _merge;
    private IReadOnlyList<string>? _unaccounted;

    private PreparedSpec(SpecUpdate update, SpecMerge merge, string delta, string? before)
    {
        (Update, Delta, Before, _merge) = (update, delta, before, merge);
        Text = merge.Text();
        Counts = merge.Counts;
        IsEmpty = merge.IsEmpty;
        Warnings = merge.Warnings;
    }

    internal SpecUpdate Update { get; }

    /// <summary>The delta's text as it was read.</summary>
    internal string Delta { get; }

    /// <summary>The main spec's text as it was read, or null where there is none.</summary>
    internal string? Before { get; }

    /// <summary>The new text, with line ends LF.</summary>
    internal string Text { get; }

    internal MergeCounts Counts { get; }

    internal IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether no requirement block is left.</summary>
    internal bool IsEmpty { get; }

    /// <summary>What a deletion would take along unnamed.</summary>
    internal IReadOnlyList<string> Unaccounted => _unaccounted ??= _merge.Unaccounted();

    internal SpecOutcome Outcome { get; private set; }

    /// <summary>Whether a file is written or deleted.</summary>
    internal bool Mutates => Outcome == SpecOutcome.Retire || (Outcome == SpecOutcome.Write && Counts.All > 0);

    /// <summary>Applies one delta.</summary>
    /// <returns>The spec, or why archive refuses.</returns>
    internal static (PreparedSpec? Spec, string? Problem) Prepare(SpecUpdate update, string change, bool mayRetire)
    {
        var source = FileText.Read(update.Source);
        if (source.Text is not { } delta)
            return (null, SystemError.Describe(source.Failure ?? "", update.Source));
        var target = FileText.Read(update.Target);
        if (target.Failure is { } failure)
            return (null, SystemError.Describe(failure, update.Target));
        var main = target.Text is { } text ? MainSpec.Read(text, update.Keywords) : null;
        var refusal = SpecMerge.TryApply(DeltaReader.Read(delta, update.Keywords), update.Id, change, main, update.Target, out var merge);
        if (refusal is not null || merge is null)
            return (null, refusal);
        var prepared = new PreparedSpec(update, merge, delta, target.Text);
        if (mayRetire && prepared.IsEmpty && prepared.Unaccounted.Count == 0 && prepared.IsRetirable())
            prepared.Outcome = !update.Exists ? SpecOutcome.Skip : prepared.Counts.Removed > 0 ? SpecOutcome.Retire : SpecOutcome.Write;
        return (prepared, null);
    }

    /// <summary>Whether the only thing wrong with the new text is that it has no requirements.</summary>
    internal bool IsRetirable()
    {
        var errors = Check().Where(static issue => issue.Level == IssueLevel.Error).ToList();
        return errors.Count > 0 && errors.TrueForAll(static issue => issue.Code == "spec-no-requirements");
    }

    /// <summary>The findings about the new text.</summary>
    internal IReadOnlyList<ValidationIssue> Check()
    {
        var issues = new Issues();
        SpecRules.Check(MainSpec.Read(Text, Update.Keywords), issues);
        return issues.Found;
    }
}
