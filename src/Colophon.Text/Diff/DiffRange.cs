namespace Colophon.Text.Diff;

/// <summary>A rectangle of the edit graph still to be compared.</summary>
internal readonly record struct DiffRange(int OldStart, int OldEnd, int NewStart, int NewEnd)
{
    /// <summary>Whether one side is empty, so that the other changes as a whole.</summary>
    public bool IsOneSided => OldStart == OldEnd || NewStart == NewEnd;

    /// <summary>The rest after the lines that are equal at both ends.</summary>
    public DiffRange Trim(int[] a, int[] b)
    {
        var (oldStart, oldEnd, newStart, newEnd) = this;
        while (oldStart < oldEnd && newStart < newEnd && a[oldStart] == b[newStart])
        {
            oldStart++;
            newStart++;
        }

        while (oldStart < oldEnd && newStart < newEnd && a[oldEnd - 1] == b[newEnd - 1])
        {
            oldEnd--;
            newEnd--;
        }

        return new DiffRange(oldStart, oldEnd, newStart, newEnd);
    }

    /// <summary>Says that everything in the range changes.</summary>
    public void Mark(bool[] removed, bool[] inserted)
    {
        removed.AsSpan(OldStart, OldEnd - OldStart).Fill(true);
        inserted.AsSpan(NewStart, NewEnd - NewStart).Fill(true);
    }
}
