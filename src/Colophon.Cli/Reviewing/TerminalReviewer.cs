using Colophon.Cli.Errors;
using Colophon.Cli.Terminals;
using Colophon.Generation.Review;

namespace Colophon.Cli.Reviewing;

/// <summary>
/// Asks a person, line by line, so that it works on any terminal and on a pipe. The end of the input is a stop: nothing is ever taken because nobody
/// answered.
/// </summary>
internal sealed class TerminalReviewer(Terminal terminal, IReadOnlyDictionary<string, string> environment) : IReviewer
{
    private const string Keys = "a all · f by file · h by hunk · e edit · r reject, try again · n reject, end · s stop · d diff · ? help";

    /// <inheritdoc/>
    public async Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(proposal, cancellationToken).ConfigureAwait(false);
        }
        catch (EndOfStreamException)
        {
            return new ReviewAnswer.Stop();
        }
        catch (OperationCanceledException)
        {
            // The cursor stands behind a question.
            terminal.WriteLine();
            throw;
        }
    }

    private async Task<ReviewAnswer> AnswerAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        ProposalView.Write(terminal, proposal);
        var edited = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (true)
        {
            terminal.WriteLine(terminal.Paint(Style.Dim, Keys));
            var key = await AskAsync("review> ", cancellationToken).ConfigureAwait(false);
            switch (key)
            {
                case "a" or "all" or "y" or "yes":
                    if (await ConfirmAsync(proposal, cancellationToken).ConfigureAwait(false) is { } confirmed)
                        return edited.Count == 0 ? new ReviewAnswer.AcceptAll { SecretsConfirmed = confirmed } : new ReviewAnswer.AcceptEdited(edited) { SecretsConfirmed = confirmed };
                    break;
                case "f" or "file":
                    if (await ChooseAsync(proposal, edited, byHunk: false, cancellationToken).ConfigureAwait(false) is { } byFile)
                        return byFile;
                    break;
                case "h" or "hunk":
                    if (await ChooseAsync(proposal, edited, byHunk: true, cancellationToken).ConfigureAwait(false) is { } byHunk)
                        return byHunk;
                    break;
                case "e" or "edit":
                    await EditAsync(proposal, edited, cancellationToken).ConfigureAwait(false);
                    break;
                case "r" or "retry" or "n" or "no":
                    if (await ReasonAsync(cancellationToken).ConfigureAwait(false) is { } reason)
                        return new ReviewAnswer.Reject(reason, Retry: key is "r" or "retry");
                    break;
                case null or "s" or "stop" or "q":
                    return new ReviewAnswer.Stop();
                case "d" or "diff":
                    ProposalView.Write(terminal, proposal);
                    break;
                default:
                    ReviewHelp.Write(terminal, proposal);
                    break;
            }
        }
    }

    /// <summary>Whether secrets were confirmed; null where they were not and nothing may be taken.</summary>
    private async Task<bool?> ConfirmAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Secrets.Count == 0)
            return false;
        foreach (var secret in proposal.Secrets)
            terminal.WriteLine($"{terminal.Paint(Style.Red, "looks like a secret:")} {Terminal.Safe(secret.Path)}:{secret.Line} ({secret.Kind})");
        return await AskAsync("Take it all the same? Type yes: ", cancellationToken).ConfigureAwait(false) == "yes" ? true : null;
    }

    private async Task<string?> ReasonAsync(CancellationToken cancellationToken)
    {
        var reason = await terminal.AskAsync("Why? (one line; empty goes back) ", cancellationToken).ConfigureAwait(false);
        return string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
    }

    private async Task<ReviewAnswer?> ChooseAsync(Proposal proposal, Dictionary<string, byte[]> edited, bool byHunk, CancellationToken cancellationToken)
    {
        var choices = new Dictionary<string, FileChoice>(StringComparer.Ordinal);
        foreach (var file in proposal.Files)
        {
            if (edited.TryGetValue(file.Path, out var content))
                choices[file.Path] = await TakeAsync($"{file.Path} as edited", cancellationToken).ConfigureAwait(false) ? new FileChoice.Edited(content) : new FileChoice.Leave();
            else if (byHunk && file.Hunks.Count > 1 && file.Edit is { Before: not null, After: not null })
                choices[file.Path] = await ChooseHunksAsync(file, cancellationToken).ConfigureAwait(false);
            else
                choices[file.Path] = await TakeFileAsync(file, cancellationToken).ConfigureAwait(false) ? new FileChoice.Whole() : new FileChoice.Leave();
        }

        if (choices.Values.All(static choice => choice is FileChoice.Leave or FileChoice.Hunks { Indices.Count: 0 }))
        {
            terminal.WriteLine("Nothing was chosen; reject with r or n, or stop with s.");
            return null;
        }

        return await ConfirmAsync(proposal, cancellationToken).ConfigureAwait(false) is { } confirmed
            ? new ReviewAnswer.AcceptSelection(choices) { SecretsConfirmed = confirmed }
            : null;
    }

    private Task<bool> TakeFileAsync(ProposedFile file, CancellationToken cancellationToken)
    {
        DiffView.Write(terminal, file.Diff);
        return TakeAsync($"{ProposalView.Verb(file.Action)} {file.Path}", cancellationToken);
    }

    private async Task<FileChoice> ChooseHunksAsync(ProposedFile file, CancellationToken cancellationToken)
    {
        var parts = ProposalView.HunksOf(file.Diff);
        var taken = new List<int>();
        for (var i = 0; i < file.Hunks.Count; i++)
        {
            DiffView.Write(terminal, parts.Count == file.Hunks.Count ? parts[i] : file.Hunks[i].Header);
            if (await TakeAsync($"hunk {i + 1} of {file.Hunks.Count} of {file.Path}", cancellationToken).ConfigureAwait(false))
                taken.Add(i);
        }

        return taken.Count == file.Hunks.Count ? new FileChoice.Whole() : taken.Count == 0 ? new FileChoice.Leave() : new FileChoice.Hunks(taken);
    }

    private async Task<bool> TakeAsync(string what, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await AskAsync($"{Terminal.Safe(what)}: take it? [y/n] ", cancellationToken).ConfigureAwait(false))
            {
                case "y" or "yes":
                    return true;
                case "n" or "no":
                    return false;
                case null:
                    // Half an answer is none: what was not asked yet must not count as refused, nor the rest as taken.
                    throw new EndOfStreamException();
            }
        }
    }

    private async Task EditAsync(Proposal proposal, Dictionary<string, byte[]> edited, CancellationToken cancellationToken)
    {
        var editable = proposal.Files.Where(static file => file.Edit is { After: { IsLink: false }, IsBinary: false }).ToList();
        if (editable.Count == 0)
        {
            terminal.WriteLine("There is no text here that could be edited.");
            return;
        }

        var file = editable[0];
        if (editable.Count > 1)
        {
            for (var i = 0; i < editable.Count; i++)
                terminal.WriteLine($"  {i + 1}  {Terminal.Safe(editable[i].Path)}");
            var answer = await AskAsync("Which file? (number) ", cancellationToken).ConfigureAwait(false);
            if (!int.TryParse(answer, out var number) || number < 1 || number > editable.Count)
                return;
            file = editable[number - 1];
        }

        var standing = edited.GetValueOrDefault(file.Path) ?? file.Edit.After?.Content ?? [];
        try
        {
            var content = await Editor.EditAsync(file.Path, standing, environment, cancellationToken).ConfigureAwait(false);
            if (content.AsSpan().SequenceEqual(standing))
                terminal.WriteLine("Unchanged.");
            else
                terminal.WriteLine($"{Terminal.Safe(file.Path)} will be written as edited, once you accept with a or f.");
            edited[file.Path] = content;
        }
        catch (CliException e)
        {
            terminal.Note($"{e.Message} {e.Hint}");
        }
    }

    private async Task<string?> AskAsync(string question, CancellationToken cancellationToken) =>
        (await terminal.AskAsync(terminal.Paint(Style.Bold, question), cancellationToken).ConfigureAwait(false))?.Trim().ToLowerInvariant();
}
