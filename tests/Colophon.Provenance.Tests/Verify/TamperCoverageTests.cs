using System.Reflection;

namespace Colophon.Provenance.Tests.Verify;

public sealed class TamperCoverageTests
{
    // The faults of the threat list that the log, its trust and its verifier must catch from the first release on.
    private static readonly int[] Owed = [.. Enumerable.Range(1, 60)];

    [Fact]
    public void Every_fault_that_is_owed_has_a_test_that_makes_it()
    {
        var made = typeof(TamperCoverageTests).Assembly.GetTypes().SelectMany(static t => t.GetMethods())
            .SelectMany(static m => m.GetCustomAttributes<TamperCaseAttribute>()).Select(static a => a.Number).ToHashSet();
        Assert.Empty(Owed.Except(made));
    }
}
