using Colophon.Tools.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Tools.Tests.Files;

public sealed class LineEndsTests
{
    private static readonly Gen<string> s_text = Gen.Elements("a", "b", "\n", "\r\n", "ab").ArrayOf().Select(static parts => string.Concat(parts));

    private static readonly Gen<string> s_piece = Gen.Elements("a", "b", "\n").NonEmptyListOf().Select(static parts => string.Concat(parts));

    [Fact]
    public void An_edit_of_the_view_is_that_edit_of_the_file() => Prop.ForAll(
        s_text.ToArbitrary(), s_piece.ToArbitrary(), s_piece.ToArbitrary(), static (text, sought, replacement) =>
        {
            var ends = new LineEnds(text);
            Assert.Equal(LineEnds.ToLf(text), ends.View);
            var starts = new List<int>();
            for (var at = ends.View.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = ends.View.IndexOf(sought, at + sought.Length, StringComparison.Ordinal))
                starts.Add(at);
            var changed = ends.Replace(starts, sought.Length, replacement);
            Assert.Equal(ends.View.Replace(sought, replacement, StringComparison.Ordinal), LineEnds.ToLf(changed));
            if (LineEnds.AllAreCrLf(text) && changed.Contains('\n'))
                Assert.True(LineEnds.AllAreCrLf(changed));
            if (!text.Contains('\r'))
                Assert.DoesNotContain('\r', changed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_replaced_is_nothing_changed() => Prop.ForAll<NonNull<string>>(static text =>
        Assert.Equal(text.Get, new LineEnds(text.Get).Replace([], 1, "x"))).QuickCheckThrowOnFailure();
}
