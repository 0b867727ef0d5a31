using System.Text;
using Colophon.Specs.Tracing.Links;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Specs.Tests.Tracing;

public sealed class LinkScannerTests
{
    [Theory]
    [InlineData("a.c", "// @spec(notes/listing#two)", "notes/listing#two")]
    [InlineData("a.py", "# @spec(notes/listing)", "notes/listing")]
    [InlineData("a.sql", "-- @spec( notes/listing#two )", "notes/listing#two")]
    [InlineData("a.html", "<!-- @spec(notes/listing#two) -->", "notes/listing#two")]
    [InlineData("a.cs", "[Fact, Spec(\"notes/listing#two\")]", "notes/listing#two")]
    [InlineData("a.cs", "    [Fact] [Colophon.Spec(id: \"notes/listing#two\")]", "notes/listing#two")]
    [InlineData("a.rs", "#[spec(\"notes/listing#two\")]", "notes/listing#two")]
    [InlineData("a.java", "@Spec({\"notes/listing#two\", \"notes/adding\"})", "notes/listing#two|notes/adding")]
    [InlineData("a.java", "@Spec(value = \"notes/listing#two\")", "notes/listing#two")]
    [InlineData("a.py", "@pytest.mark.spec(\"notes/listing#two\")", "notes/listing#two")]
    [InlineData("a.ts", "@spec(\n  'notes/listing#two',\n  'notes/adding',\n)", "notes/listing#two|notes/adding")]
    [InlineData("a.js", "it('lists notes @spec(notes/listing#two)', () => {", "notes/listing#two")]
    [InlineData("a.c", "// @spec(notes/listing#two, #one, notes/adding)", "notes/listing#two|notes/listing#one|notes/adding")]
    [InlineData("a.c", "// @spec(notes/Listing, sorted (by day)#Two, three)", "notes/Listing, sorted (by day)#Two, three")]
    [InlineData("a.c", "// @spec(a/b) and @spec(c/d)", "a/b|c/d")]
    [InlineData("a.c", "// @spec(platform/auth/login#wrong)", "platform/auth/login#wrong")]
    [InlineData("a.md", "<!-- @spec(notes/listing) -->", "notes/listing")]
    [InlineData("a.cs", "Spec(\"notes/listing\");", "")]
    [InlineData("a.cs", "[Fact] public void X() => MySpec(\"notes/listing\");", "")]
    [InlineData("a.c", "// me@spec(notes/listing)", "")]
    [InlineData("a.ex", "@spec(add(integer, integer) :: integer)", "")]
    [InlineData("a.c", "// @spec(notes/listing", "")]
    [InlineData("a.c", "// @spec()", "")]
    [InlineData("a.md", "Write `<!-- @spec(cap/requirement) -->` or @spec(cap/requirement).", "")]
    public void Links_are_found_in_comments_attributes_and_names(string path, string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Scan(path, text).Select(static link => link.Reference)));

    [Theory]
    [InlineData("test/A.cs", "class Notes\n{\n    // @spec(a/b)\n    [Fact]\n    [InlineData(\n        1)]\n    public async Task Lists_notes()\n", "Notes > Lists_notes")]
    [InlineData("test/A.cs", "class Notes\n{\n    [Fact, Spec(\"a/b\")] public void Lists() => X();\n", "Notes > Lists")]
    [InlineData("test/A.cs", "class Notes\n{\n    public void Lists()\n    {\n        // @spec(a/b)\n        X();\n    }\n\n    public void Next()\n", "Notes > Lists")]
    [InlineData("test/A.java", "public class NotesTest {\n    @Test\n    @Spec(\"a/b\")\n    public void lists() throws Exception {\n", "NotesTest > lists")]
    [InlineData("test/A.kt", "class NotesTest {\n    @Spec(\"a/b\")\n    @Test fun `lists all notes`() {\n", "NotesTest > lists all notes")]
    [InlineData("test/a.ts", "describe('notes', () => {\n  // @spec(a/b)\n  it.only('lists \\'em', async () => {\n", "notes > lists 'em")]
    [InlineData("test/a.ts", "describe('notes', () => {\n  test('lists', async () => {\n    // @spec(a/b)\n    expect(1).toBe(1);\n  });\n  test('next', () => {})\n", "notes > lists")]
    [InlineData("test/a.py", "class TestNotes:\n    @pytest.mark.parametrize(\"x\", [\n        1,\n    ])\n    @pytest.mark.spec(\"a/b\")\n    def test_lists(self, x):\n", "TestNotes > test_lists")]
    [InlineData("test/a.py", "def test_lists():\n    \"\"\"Lists. @spec(a/b)\"\"\"\n    assert True\n\ndef test_next():\n", "test_lists")]
    [InlineData("a_test.go", "// @spec(a/b)\nfunc TestLists(t *testing.T) {\n", "TestLists")]
    [InlineData("a_test.go", "func TestLists(t *testing.T) {\n\t// @spec(a/b)\n\tt.Run(\"two notes\", func(t *testing.T) {\n", "TestLists > two notes")]
    [InlineData("src/a.rs", "mod tests {\n    // @spec(a/b)\n    #[test]\n    fn lists() {\n", "tests > lists")]
    [InlineData("test/a.rb", "RSpec.describe 'notes' do\n  # @spec(a/b)\n  it 'lists' do\n", "notes > lists")]
    [InlineData("test/A.php", "class NotesTest {\n    #[Spec('a/b')]\n    public function testLists(): void {\n", "NotesTest > testLists")]
    [InlineData("test/A.swift", "final class NotesTests: XCTestCase {\n    // @spec(a/b)\n    func testLists() throws {\n", "NotesTests > testLists")]
    [InlineData("test/a.test", "quill search x\n# @spec(a/b)\ncheck \"no match fails\" 1 $?\n", "no match fails")]
    [InlineData("test/a.sql", "-- @spec(a/b)\nSELECT 1;\n", "")]
    public void A_link_belongs_to_the_test_it_stands_above_or_in(string path, string text, string expected)
    {
        var link = Assert.Single(Scan(path, text));
        Assert.Equal(expected, link.Test is { } test ? string.Join(" > ", [.. test.Within, test.Name]) : "");
        Assert.True(link.IsTest, "a test");
    }

    [Theory]
    [InlineData("src/notes.c", false)]
    [InlineData("src/latest.c", false)]
    [InlineData("test/notes.c", true)]
    [InlineData("Notes.Tests/X.cs", true)]
    [InlineData("src/notes.spec.ts", true)]
    [InlineData("src/notes_test.c", true)]
    [InlineData("tests.py", true)]
    public void The_path_tells_tests_from_code(string path, bool isTest) => Assert.Equal(isTest, Assert.Single(Scan(path, "// @spec(a/b)\n")).IsTest);

    [Fact]
    public void Binary_and_huge_files_have_no_links()
    {
        Assert.Empty(Scan("a.c", "\0// @spec(a/b)"));
        Assert.Empty(Scan("a.c", "// @spec(a/b)" + new string(' ', LinkScanner.MaximumBytes)));
    }

    [Fact]
    public void Nothing_throws_whatever_the_text()
    {
        string[] pieces = ["@spec(", "[Spec(", "\"", "'", "`", "a/b", "#c", ")", "(", "]", "[", ",", "\n", "\r\n", " ", "    ", "def x(", "it(", "class X", "\\", "=", "@", "\"\"\"", "fn x<", "func (r", ".Run(", "é", "\ud800"];
        string[] paths = ["a.cs", "a.py", "a.go", "a.rs", "a.rb", "a.php", "a.swift", "a.kt", "a.ts", "a.java", "a.md", "a"];
        var text = Gen.Elements(pieces).ListOf().Select(static parts => string.Concat(parts));
        Prop.ForAll(Arb.From(Gen.Elements(paths)), Arb.From(text), static (path, text) => Scan(path, text).All(static link => link.Reference.Contains('/', StringComparison.Ordinal) && link.Line > 0))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hostile_file_takes_no_more_than_linear_time()
    {
        var text = string.Concat(Enumerable.Repeat("@spec(\"(((( a/b\n", 100_000));
        Assert.True(Scan("a.cs", text).Count <= 5000);
    }

    private static IReadOnlyList<SpecLink> Scan(string path, string text) => LinkScanner.Scan(path, Encoding.UTF8.GetBytes(text));
}
