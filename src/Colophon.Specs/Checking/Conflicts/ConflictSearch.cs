using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking.Conflicts;

/// <summary>Finds the requirements that more than one change touches, and an order that works. A pure function of the deltas and the main specs.</summary>
internal sealed class ConflictSearch(IReadOnlyList<ChangeDeltas> changes, Func<string, MainSpec?> mainOf)
{
    private readonly List<ChangeConflict> _conflicts = [];
    private readonly Dictionary<(int, int, string), ConflictOutcome> _outcomes = [];

    internal ConflictReport Run()
    {
        var byCapability = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            foreach (var id in changes[i].Plans.Keys)
            {
                if (!byCapability.TryGetValue(id, out var list))
                    byCapability.Add(id, list = []);
                list.Add(i);
            }
        }

        foreach (var (id, touching) in byCapability)
        {
            if (touching.Count > 1)
                FindIn(id, touching);
        }

        return new ConflictReport(_conflicts, Order());
    }

    private void FindIn(string id, List<int> touching)
    {
        var byName = new SortedDictionary<string, List<(int Change, string Name, string Does, string? Text, int Line)>>(StringComparer.Ordinal);
        foreach (var index in touching)
        {
            foreach (var (fold, name, does, text, line) in changes[index].Touches(id))
            {
                if (!byName.TryGetValue(fold, out var list))
                    byName.Add(fold, list = []);
                // A rename and a modification of the new name are one change's business: its first touch stands for all.
                if (!list.Exists(touch => touch.Change == index))
                    list.Add((index, name, does, text, line));
            }
        }

        foreach (var touches in byName.Values)
        {
            for (var i = 0; i < touches.Count; i++)
            {
                for (var j = i + 1; j < touches.Count; j++)
                {
                    var (one, other) = (touches[i], touches[j]);
                    // Two that say the same do no harm: archive takes the second as done already.
                    if (one.Does == other.Does && one.Name == other.Name && one.Text == other.Text)
                        continue;
                    _conflicts.Add(new ChangeConflict(id, one.Name, Side(one, id), Side(other, id), Outcome(one.Change, other.Change, id)));
                }
            }
        }

        FindRetired(id, touching);
    }

    /// <summary>A change that gives a capability up is in the way of every other that touches it, whatever the requirement.</summary>
    private void FindRetired(string id, List<int> touching)
    {
        foreach (var index in touching)
        {
            var state = new MergeState(mainOf);
            if (!changes[index].MayRetire || state.Archive(changes[index], [id]) is not null || state.TextOf(id).Length > 0)
                continue;
            foreach (var other in touching)
            {
                if (other == index || _conflicts.Exists(conflict => conflict.Capability == id && Between(conflict, index, other)))
                    continue;
                var own = new ConflictSide(changes[index].Change, "retires the capability", changes[index].PathOf(id), 1);
                var (_, name, does, _, line) = changes[other].Touches(id).FirstOrDefault();
                var theirs = new ConflictSide(changes[other].Change, does ?? "touches", changes[other].PathOf(id), Math.Max(1, line));
                _conflicts.Add(new ChangeConflict(
                    id, name ?? id, index < other ? own : theirs, index < other ? theirs : own, Outcome(Math.Min(index, other), Math.Max(index, other), id)));
            }
        }
    }

    private bool Between(ChangeConflict conflict, int one, int other) =>
        (conflict.First.Change == changes[one].Change && conflict.Second.Change == changes[other].Change)
        || (conflict.First.Change == changes[other].Change && conflict.Second.Change == changes[one].Change);

    private ConflictSide Side((int Change, string Name, string Does, string? Text, int Line) touch, string id) =>
        new(changes[touch.Change].Change, touch.Does, changes[touch.Change].PathOf(id), touch.Line);

    private ConflictOutcome Outcome(int first, int second, string id)
    {
        if (_outcomes.TryGetValue((first, second, id), out var known))
            return known;
        var forwards = Works(first, second, id);
        var backwards = Works(second, first, id);
        var outcome = (forwards, backwards) switch
        {
            (true, true) => ConflictOutcome.LastOneWins,
            (true, false) => ConflictOutcome.FirstThenSecond,
            (false, true) => ConflictOutcome.SecondThenFirst,
            _ => ConflictOutcome.OneMustGive,
        };
        _outcomes.Add((first, second, id), outcome);
        return outcome;
    }

    private bool Works(int first, int second, string id)
    {
        var state = new MergeState(mainOf);
        return state.Archive(changes[first], [id]) is null && state.Archive(changes[second], [id]) is null;
    }

    /// <summary>Goes through the changes that have conflicts: next is the first whose turn it is and whose merge works; what is left at the end is refused.</summary>
    private List<OrderedChange> Order()
    {
        var names = changes.Select(static change => change.Change).ToList();
        var left = new SortedSet<int>(_conflicts.SelectMany(static conflict => new[] { conflict.First.Change, conflict.Second.Change }).Select(name => names.IndexOf(name)));
        var before = new HashSet<(int Before, int After)>();
        foreach (var ((first, second, _), outcome) in _outcomes)
        {
            if (outcome == ConflictOutcome.FirstThenSecond)
                before.Add((first, second));
            else if (outcome == ConflictOutcome.SecondThenFirst)
                before.Add((second, first));
        }

        var order = new List<OrderedChange>(left.Count);
        var state = new MergeState(mainOf);
        while (left.Count > 0)
        {
            var free = left.Where(index => !left.Any(other => before.Contains((other, index))));
            int? next = null;
            foreach (var index in free.Concat(left))
            {
                if (state.Archive(changes[index]) is not null)
                    continue;
                next = index;
                break;
            }

            if (next is not { } done)
                break;
            left.Remove(done);
            order.Add(new OrderedChange(changes[done].Change, null));
        }

        foreach (var index in left)
            order.Add(new OrderedChange(changes[index].Change, state.Archive(changes[index])));
        return order;
    }
}
