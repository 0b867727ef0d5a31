using Colophon.Specs.Tracing.Links;
using Colophon.Specs.Tracing.Results;
using FsCheck;
using FsCheck.Fluent;
using TestResult = Colophon.Specs.Tracing.Results.TestResult;

namespace Colophon.Specs.Tests.Tracing;

public sealed class TestResultsTests
{
    [Theory]
    [InlineData("ok 1 - lists notes", "+lists notes")]
    [InlineData("not ok 12 lists notes", "-lists notes")]
    [InlineData("ok lists notes", "+lists notes")]
    [InlineData("    ok 3 - nested # SKIP no time", "?nested")]
    [InlineData("ok  \texample.com/notes\t0.01s", "")]
    [InlineData("=== RUN   TestA\n    --- PASS: TestA/two_notes (0.00s)\n--- FAIL: TestA (1.20s)", "+TestA/two_notes|-TestA")]
    [InlineData("tests/test_a.py::TestA::test_b[1-x] PASSED      [ 50%]\ntests/test_a.py::test_c FAILED", "+TestA::test_b[1-x]|-test_c")]
    [InlineData("FAILED tests/test_a.py::test_c - assert 1 == 2", "-test_c")]
    [InlineData("test notes::tests::lists ... ok\ntest notes::panics - should panic ... ok\ntest x ... FAILED\ntest y ... ignored", "+notes::tests::lists|+notes::panics|-x|?y")]
    [InlineData("        PASS [   0.005s] notes tests::lists", "+notes tests::lists")]
    [InlineData("  Passed Notes.LoginTests.Lists(x: 1) [12 ms]\n  Failed Notes.LoginTests.Adds [< 1 ms]\n  Skipped Notes.LoginTests.X", "+Notes.LoginTests.Lists(x: 1)|-Notes.LoginTests.Adds|?Notes.LoginTests.X")]
    [InlineData("passed Notes.LoginTests.Lists (12ms)", "+Notes.LoginTests.Lists")]
    [InlineData("    Notes.LoginTests.Lists(text: \"a\") [FAIL]", "-Notes.LoginTests.Lists(text: \"a\")")]
    [InlineData("LoginTest > lists notes() PASSED", "+LoginTest > lists notes()")]
    [InlineData("Test Case '-[Notes.LoginTests testLists]' passed (0.001 seconds).", "+Notes.LoginTests.testLists")]
    [InlineData("✔ Test \"lists notes\" passed after 0.001 seconds.", "+lists notes")]
    [InlineData("test_lists (tests.test_a.TestA.test_lists) ... ok", "+test_lists")]
    [InlineData("NotesTest#test_lists = 0.00 s = .", "+NotesTest#test_lists")]
    [InlineData("PASS a.test.js\n  notes\n    ✓ lists (3 ms)\n    ✕ adds\n    ○ skipped removes", "+lists|-adds|?removes")]
    [InlineData(" ✓ src/a.test.ts > notes > lists 3ms\n × src/a.test.ts > notes > adds", "+notes > lists|-notes > adds")]
    [InlineData("▶ notes\n  ✔ lists (0.5ms)\n  ✖ adds (1ms)\n  ﹣ removes (0.1ms) # SKIP", "+lists|-adds|?removes")]
    [InlineData("\u001b[32m✓\u001b[0m lists \u001b[2m(3 ms)\u001b[0m", "+lists")]
    [InlineData("22 passed, 0 failed", "")]
    public void Consoles_are_understood(string text, string expected) => Assert.Equal(expected, Told(text));

    [Theory]
    [InlineData("<testsuite><testcase classname='a.B' name='c &lt;&#233;&gt;'/><testcase name='d'><failure message='no&#10;more'/></testcase><testcase name='e'><skipped/></testcase></testsuite>", "+c <é>|-d|?e")]
    [InlineData("<?xml version=\"1.0\"?><TestRun xmlns=\"x\"><Results><UnitTestResult testName=\"N.A.B(x: 1)\" outcome=\"Passed\"/><UnitTestResult testName=\"N.A.C\" outcome=\"Failed\"><Output/></UnitTestResult></Results></TestRun>", "+N.A.B(x: 1)|-N.A.C")]
    [InlineData("<test-run><test-suite><test-case fullname='N.A.B' result='Passed'/></test-suite></test-run>", "+N.A.B")]
    [InlineData("<assemblies><test name='N.A.B' type='N.A' method='B' result='Fail'><failure><message><![CDATA[why]]></message></failure></test></assemblies>", "-N.A.B")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\"><!ENTITY a \"&a;&a;\">]><testsuite><testcase name='&e;&a;'/></testsuite>", "+&e;&a;")]
    [InlineData("<testsuite><testcase name='cut'><failure>x", "-cut")]
    [InlineData("{\"Action\":\"run\",\"Test\":\"TestA\"}\n{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"TestA\"}\n{\"Action\":\"fail\",\"Package\":\"p\",\"Test\":\"TestB\"}", "+TestA|-TestB")]
    [InlineData("{\"results\":{\"tests\":[{\"name\":\"a\",\"status\":\"passed\"},{\"name\":\"b\",\"status\":\"failed\",\"message\":\"no\"},{\"name\":3},4]}}", "+a|-b")]
    [InlineData("{\"testResults\":[{\"name\":\"/x/a.test.js\",\"assertionResults\":[{\"ancestorTitles\":[\"s\"],\"title\":\"a\",\"status\":\"passed\"}]}]}", "+a")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    public void Result_files_are_understood(string text, string expected) => Assert.Equal(expected, Told(text));

    [Fact]
    public void Suites_around_a_test_are_told()
    {
        var results = TestResults.Read("<testsuites><testsuite name='a'><testsuite name='b'><testcase classname='test' name='x'/></testsuite><testcase name='y'/></testsuite><testcase name='z'/></testsuites>");
        Assert.Equal(["a > b > test", "a", ""], results.Select(static result => result.Scope));
    }

    [Fact]
    public void A_result_may_carry_its_references_itself()
    {
        Assert.Equal(["a/b#c"], Assert.Single(TestResults.Read("ok 1 - lists @spec(a/b#c)")).References);
        Assert.Equal(["a/b#c"], Assert.Single(TestResults.Read("<testcase name='x'><properties><property name='spec' value='a/b#c'/></properties></testcase>")).References);
    }

    [Fact]
    public void Nothing_throws_whatever_the_text()
    {
        string[] pieces = ["<testcase name='", "<", ">", "'", "\"", "</testcase>", "<![CDATA[", "]]>", "<!", "<!--", "&#", "&lt;", ";", "{\"Action\":\"pass\",\"Test\":\"", "\"}", "{", "[", "ok ", "not ok ", "- ", " # SKIP", "--- PASS: ", "::", " PASSED", ".py", "✓ ", "✖", " (1ms)", " [", "]", "\n", "    ", "\u001b[", "\ud800", "Test Case '", "' ", " > ", " = ", "#", "test ", " ... ", "\uFEFF", "\\ud800"];
        var text = Gen.Elements(pieces).ListOf().Select(static parts => string.Concat(parts));
        Prop.ForAll(Arb.From(text), static text => TestResults.Read(text) is not null && TestResults.Read("<" + text) is not null && TestResults.Read("{" + text) is not null)
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Lists", "LoginTests", "test/LoginTests.cs", "+Notes.LoginTests.Lists(x: 1)|-Notes.OtherTests.Lists|-Notes.LoginTests.Lists_more", "+Notes.LoginTests.Lists(x: 1)")]
    [InlineData("Lists", "LoginTests", "test/LoginTests.cs", "+Notes.OtherTests.Lists", "")]
    [InlineData("TestLists", "", "notes/a_test.go", "+TestLists|-TestListsMore", "+TestLists")]
    [InlineData("two notes", "TestLists", "notes/a_test.go", "+TestLists/two_notes|-TestOther/two_notes", "+TestLists/two_notes")]
    [InlineData("lists", "tests", "src/lib.rs", "+notes::tests::lists|-notes::lists", "+notes::tests::lists")]
    [InlineData("lists all notes", "NotesTest", "test/NotesTest.kt", "+NotesTest > lists all notes()", "+NotesTest > lists all notes()")]
    [InlineData("no match fails", "", "test/search.test", "+no match fails|-every word", "+no match fails")]
    [InlineData("a.b", "", "test/x.js", "+a.b", "+a.b")]
    public void A_test_finds_its_results(string name, string within, string path, string results, string expected)
    {
        var all = results.Split('|').Select(static r => new TestResult(r[1..], r[0] == '+' ? TestOutcome.Passed : TestOutcome.Failed)).ToList();
        var found = new ResultMatch(all).For(path, new TestName(name, within.Length == 0 ? [] : [within], 1));
        Assert.Equal(expected, string.Join('|', found.Select(Told)));
    }

    [Fact]
    public void Files_and_classes_that_runners_tell_keep_namesakes_apart()
    {
        TestResult[] all =
        [
            new("test_x", TestOutcome.Passed) { Scope = "tests.test_a" }, new("test_x", TestOutcome.Failed) { Scope = "tests.test_b" },
            new("test_y", TestOutcome.Passed) { File = "tests/test_a.py" }, new("test_y", TestOutcome.Failed) { File = "tests/test_b.py" },
        ];
        var match = new ResultMatch(all);
        Assert.Equal(TestOutcome.Passed, Assert.Single(match.For("tests/test_a.py", new TestName("test_x", [], 1))).Outcome);
        Assert.Equal(TestOutcome.Passed, Assert.Single(match.For("tests/test_a.py", new TestName("test_y", [], 1))).Outcome);
        Assert.Equal(TestOutcome.Failed, Assert.Single(match.For("tests/test_b.py", null)).Outcome);
    }

    private static string Told(string text) => string.Join('|', TestResults.Read(text).Select(Told));

    private static string Told(TestResult result) => $"{result.Outcome switch { TestOutcome.Passed => "+", TestOutcome.Failed => "-", _ => "?" }}{result.Name}";
}
