using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Approvals;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Watching;

namespace Colophon.Cli.Commands.Specs;

/// <summary>
/// The approvals of watched changes. They are signed entries of the log, which takes git and keys to judge: they are looked at in the beginning, and again for a change whose files an event is
/// about, because an edit takes an approval away.
/// </summary>
internal sealed class WatchedApprovals(Invocation invocation)
{
    private readonly Dictionary<string, (string Text, Style Style)> _known = new(StringComparer.Ordinal);

    /// <summary>What is known of the changes where rules ask for approvals or somebody gave one; empty elsewhere.</summary>
    public IReadOnlyDictionary<string, (string Text, Style Style)> Known => _known;

    /// <summary>Looks at all changes.</summary>
    public async Task LookAsync(LiveTree live, CancellationToken cancellationToken)
    {
        foreach (var change in live.Changes)
            await LookAsync(live.Root, change.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at the change that an event is about.</summary>
    /// <returns>The change and its approvals where those are not what they were; null where they are.</returns>
    public async Task<(string Change, string Text)?> LookAsync(string root, TreeEvent happened, CancellationToken cancellationToken)
    {
        var name = happened switch
        {
            TreeEvent.ChangeAdded added => added.Change.Name,
            TreeEvent.ChangeStateChanged moved => moved.Name,
            TreeEvent.TasksChanged tasks => tasks.Change.Name,
            TreeEvent.ProblemsChanged { Item: { Kind: ItemKind.Change } item } => item.Id,
            TreeEvent.TaskTicked ticked => ticked.Change,
            TreeEvent.TaskReopened reopened => reopened.Change,
            _ => null,
        };
        if (name is null)
            return null;
        var before = _known.GetValueOrDefault(name).Text;
        await LookAsync(root, name, cancellationToken).ConfigureAwait(false);
        return _known.GetValueOrDefault(name).Text is { } now && now != before ? (name, now) : null;
    }

    private async Task LookAsync(string root, string name, CancellationToken cancellationToken)
    {
        try
        {
            var tree = SpecTree.Open(root);
            var board = await ChangeBoard.OpenAsync(tree, invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
            var told = VerdictText.Short(await board.OfAsync(tree.Change(name), cancellationToken).ConfigureAwait(false));
            if (told.Text.Length > 0)
                _known[name] = told;
            else
                _known.Remove(name);
        }
        catch (ColophonException)
        {
            // A change that is gone or cannot be read just now has events of its own.
            _known.Remove(name);
        }
    }
}
