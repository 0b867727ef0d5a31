using Colophon.Specs.Tracing.Links;

namespace Colophon.Specs.Tracing.Results;

/// <summary>Finds the results of a test that was found in the text: runners name tests in their own ways.</summary>
public sealed class ResultMatch
{
    private const string Before = " .:/>#›\\$-";
    private const string Behind = "([/<{#:@";

    private readonly IReadOnlyList<TestResult> _results;
    private readonly ILookup<string, TestResult> _byWord;

    /// <summary>Prepares results for being asked.</summary>
    public ResultMatch(IReadOnlyList<TestResult> results)
    {
        _results = results;
        // A test's last word is in its result's name; looking it up there spares comparing everything with everything.
        _byWord = results.SelectMany(static result => Words(result.Name).Distinct(StringComparer.Ordinal).Select(word => (word, result))).ToLookup(static pair => pair.word, static pair => pair.result, StringComparer.Ordinal);
    }

    /// <summary>The results of a linked test; none where it did not run or the runner does not tell it.</summary>
    /// <param name="path">The file of the link.</param>
    /// <param name="test">The declaration, or null where only the file is known: then all results of that file count.</param>
    public IReadOnlyList<TestResult> For(string path, TestName? test)
    {
        if (test is null)
            return [.. _results.Where(result => result.File is not null && IsSameFile(result.File, path))];
        var best = 0;
        var found = new List<TestResult>();
        var word = Words(test.Name).LastOrDefault();
        foreach (var result in word is null ? _results : _byWord[word])
        {
            var score = Score(result, path, test);
            if (score == 0 || score < best)
                continue;
            if (score > best)
                found.Clear();
            best = score;
            found.Add(result);
        }

        return found;
    }

    // 0: another test. More where class, suite and file agree as well.
    private static int Score(TestResult result, string path, TestName test)
    {
        var at = Find(result.Name, test.Name);
        if (at < 0 && Find(result.Name, test.Name.Replace(' ', '_')) is >= 0 and var underscored)
            at = underscored;
        if (at < 0)
            return 0;
        var around = result.Name[..at];
        var score = at == 0 ? 2 : 1;
        var agree = test.Within.Count(name => around.Contains(name, StringComparison.Ordinal) || result.Scope.Contains(name, StringComparison.Ordinal));
        score += 4 * agree;
        if (result.File is { } file)
        {
            if (!IsSameFile(file, path))
                return 0;
            score += 4;
        }
        else if (Says(result.Scope, path) || Says(around, path))
        {
            score += 4;
        }
        else if (agree == 0 && test.Within.Count > 0 && (result.Scope.Length > 0 || around.Trim().Length > 0))
        {
            // It names a class or suite, and it is not this one.
            return 0;
        }

        return score;
    }

    // The test's name as a whole: what stands before it ends a class or suite, what stands behind it begins the case's values.
    private static int Find(string name, string test)
    {
        for (var at = name.LastIndexOf(test, StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : name.LastIndexOf(test, at - 1 + test.Length - 1, StringComparison.Ordinal))
        {
            var end = at + test.Length;
            if ((at == 0 || Before.Contains(name[at - 1], StringComparison.Ordinal)) && (end == name.Length || Behind.Contains(name[end], StringComparison.Ordinal) || name[end..].StartsWith(" (", StringComparison.Ordinal) || name[end..].StartsWith(" [", StringComparison.Ordinal)))
                return at;
        }

        return -1;
    }

    private static bool IsSameFile(string told, string path)
    {
        var file = told.Replace('\\', '/');
        return file == path || file.EndsWith("/" + path, StringComparison.Ordinal) || path.EndsWith("/" + file.TrimStart('.', '/'), StringComparison.Ordinal);
    }

    // "tests.test_login" for tests/test_login.py, "example.com/notes" for notes/a_test.go.
    private static bool Says(string scope, string path)
    {
        if (scope.Length == 0)
            return false;
        var dot = path.LastIndexOf('.');
        var stem = (dot > path.LastIndexOf('/') ? path[..dot] : path).TrimStart('/');
        var slash = stem.LastIndexOf('/');
        return scope.Contains(stem.Replace('/', '.'), StringComparison.Ordinal) || scope.Contains(stem, StringComparison.Ordinal)
            || (slash > 0 && scope.EndsWith("/" + stem[..slash], StringComparison.Ordinal));
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length && words.Count < 200; i++)
        {
            var inside = i < name.Length && char.IsLetterOrDigit(name[i]);
            if (inside && start < 0)
                start = i;
            if (!inside && start >= 0)
            {
                words.Add(name[start..i]);
                start = -1;
            }
        }

        return words;
    }
}
