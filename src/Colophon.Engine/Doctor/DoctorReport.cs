namespace Colophon.Engine;

/// <summary>How one thing stands.</summary>
public enum DoctorStatus
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but the user should know.</summary>
    Warning,

    /// <summary>Something will not work.</summary>
    Bad,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What: <c>git</c>, <c>sandbox</c> …</param>
/// <param name="Status">How it stands.</param>
/// <param name="Message">What was found.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record DoctorCheck(string Name, DoctorStatus Status, string Message, string? Hint = null);

/// <summary>Everything that was looked at, in order.</summary>
/// <param name="Checks">The findings.</param>
public sealed record DoctorReport(IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>Whether nothing is bad.</summary>
    public bool Healthy => Checks.All(static c => c.Status != DoctorStatus.Bad);
}
