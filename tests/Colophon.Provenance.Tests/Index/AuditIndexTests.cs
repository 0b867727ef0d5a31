using Colophon.Provenance.Index;
using Colophon.Provenance.Log;
using Colophon.Provenance.Tests.Verify;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Tests.Index;

public sealed class AuditIndexTests : IDisposable
{
    private readonly Project _project = Project.Create();

    private string Database => Path.Combine(_project.Root, ".colophon", "state", "index.db");

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Entries_are_found_by_each_of_their_facts_newest_first()
    {
        var made = await SampleAsync();
        using var index = AuditIndex.Open(_project.Root, Database);
        void Check(AuditQuery query, params string[] expected) =>
            Assert.Equal(expected, index.Query(query).Select(r => made.First(m => m.Value.Leaf == r.Leaf).Key));

        Check(new AuditQuery(), "edit", "no", "proposal2", "yes", "proposal1");
        Check(new AuditQuery { Limit = 2 }, "edit", "no");
        Check(new AuditQuery { Change = "add-logout" }, "no", "proposal2");
        Check(new AuditQuery { Developer = "grace" }, "edit");
        Check(new AuditQuery { Developer = "RAC" }, "edit");
        Check(new AuditQuery { Developer = _project.Key.KeyId[..10].ToUpperInvariant() }, "edit", "no", "proposal2", "yes", "proposal1");
        Check(new AuditQuery { Developer = _project.Key.KeyId[..3] });
        Check(new AuditQuery { Model = "Opus" }, "no", "proposal2");
        Check(new AuditQuery { Model = "replay/sonnet-4" }, "yes", "proposal1");
        Check(new AuditQuery { Model = "sonnet" }, "yes", "proposal1");
        Check(new AuditQuery { Model = "replay" }, "no", "proposal2", "yes", "proposal1");
        Check(new AuditQuery { Model = "haiku" });
        Check(new AuditQuery { Accepted = true }, "yes", "proposal1");
        Check(new AuditQuery { Accepted = false }, "no", "proposal2");
        Check(new AuditQuery { Kinds = [EntryKind.HumanEdit] }, "edit");
        Check(new AuditQuery { Since = made["no"].Predicate.RecordedAt }, "edit", "no");
        Check(new AuditQuery { Until = made["yes"].Predicate.RecordedAt }, "proposal1");
        Check(new AuditQuery { File = "src/login.py" }, "yes", "proposal1");
        Check(new AuditQuery { File = "src/" }, "edit", "no", "proposal2", "yes", "proposal1");
        Check(new AuditQuery { File = "sr" });
        Check(new AuditQuery { File = "old.py" }, "edit");
        Check(new AuditQuery { Change = "'; DROP TABLE entry; --" });
        Check(new AuditQuery { Task = "1.1" }, "edit", "no", "proposal2", "yes", "proposal1");
        Check(new AuditQuery { Task = "1" });
        Check(new AuditQuery { Requirement = "auth/login" }, "yes", "proposal1");
        Check(new AuditQuery { Requirement = "auth" }, "yes", "proposal1");
        Check(new AuditQuery { Requirement = "login" });
        Check(new AuditQuery { Provider = "Replay" }, "no", "proposal2", "yes", "proposal1");
        Check(new AuditQuery { Provider = "repla" });
        Check(new AuditQuery { Text = "password" }, "edit", "proposal2", "proposal1");
        Check(new AuditQuery { Text = "passw" });
        Check(new AuditQuery { Text = "passw* CHECK" }, "edit", "proposal2", "proposal1");
        Check(new AuditQuery { Text = "long" }, "no");
        Check(new AuditQuery { Text = "grace new.py" }, "edit");
        Check(new AuditQuery { Text = "add-logout opus" }, "no", "proposal2");
        Check(new AuditQuery { Text = "LOGOUT" }, "no", "proposal2");
        Check(new AuditQuery { Text = "logou" });
        Check(new AuditQuery { Text = "logou* long" }, "no");
        Check(new AuditQuery { Text = "sonnet-4 1.1 password" }, "proposal1");
        Check(new AuditQuery { Text = "\"; DROP -- ' OR NEAR( {* :" });
        Check(new AuditQuery { Text = "***" });
        Check(new AuditQuery { Text = "password", Change = "add-logout", Model = "opus" }, "proposal2");
        Check(new AuditQuery { After = made["no"].Leaf }, "proposal2", "yes", "proposal1");
        Check(new AuditQuery { After = made["no"].Leaf[..8].ToUpperInvariant(), Limit = 1 }, "proposal2");
        Check(new AuditQuery { After = made["proposal2"].Leaf, Model = "replay" }, "yes", "proposal1");
        Check(new AuditQuery { After = made["proposal1"].Leaf, File = "src" });
        Assert.Equal(ProvenanceError.EntryNotFound, Assert.Throws<ProvenanceException>(() => index.Query(new AuditQuery { After = "00000000" })).Error);
        Check(new AuditQuery { Change = "add-login", Accepted = true, Kinds = [EntryKind.Decision] }, "yes");
    }

    [Fact]
    public async Task A_record_says_what_a_list_needs()
    {
        var made = await SampleAsync();
        using var index = AuditIndex.Open(_project.Root, null);
        var no = Assert.Single(index.Query(new AuditQuery { Accepted = false, Kinds = [EntryKind.Decision] }));
        Assert.Equal(("replay/opus", "1.1", "too long", made["proposal2"].Leaf), (no.Model, no.Task, no.Reason, no.Target));
        var edit = Assert.Single(index.Query(new AuditQuery { Kinds = [EntryKind.HumanEdit] }));
        Assert.Equal((null, "Grace", 1L, 0L), (edit.Accepted, edit.Developer, edit.Inserted, edit.Removed));
        Assert.Equal(["src/new.py"], edit.Files);
        Assert.Equal(made["edit"].Predicate.RecordedAt, edit.RecordedAt);
        Assert.Equal(made["edit"].FilePath, Path.Combine(_project.Root, edit.Path));
    }

    [Fact]
    public async Task New_gone_and_changed_files_are_taken_up()
    {
        var entries = await _project.FillAsync(3);
        using (var index = AuditIndex.Open(_project.Root, Database))
            Assert.Equal(3, index.Count());
        File.Delete(entries[2].FilePath);
        File.Delete(entries[1].FilePath);
        File.WriteAllText(entries[1].FilePath.Replace("00000002-", "00000003-", StringComparison.Ordinal), "no entry");
        using (var index = AuditIndex.Open(_project.Root, Database))
            Assert.Equal([entries[0].Leaf], index.Query(new AuditQuery()).Select(static r => r.Leaf));
        await _project.FillAsync(1, "another");
        using (var index = AuditIndex.Open(_project.Root, Database))
            Assert.Equal(2, index.Count());
    }

    [Theory]
    [InlineData("not a database at all, but long enough to have a header of its own")]
    [InlineData("")]
    public async Task A_damaged_index_is_made_again(string content)
    {
        await _project.FillAsync(2);
        AuditIndex.Open(_project.Root, Database).Dispose();
        File.WriteAllText(Database, content);
        using var index = AuditIndex.Open(_project.Root, Database);
        Assert.Equal(2, index.Count());
    }

    [Fact]
    public async Task Several_that_find_no_index_make_one()
    {
        await _project.FillAsync(30);
        for (var round = 0; round < 5; round++)
        {
            var file = $"{Database}{round}";
            var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
            {
                using var index = AuditIndex.Open(_project.Root, file);
                return index.Query(new AuditQuery { File = "src" }).Count;
            })));
            Assert.Equal([30, 30, 30, 30, 30, 30], counts);
        }
    }

    [Fact]
    public async Task An_index_cut_short_is_made_again()
    {
        await _project.FillAsync(20);
        AuditIndex.Open(_project.Root, Database).Dispose();
        using (var file = File.OpenWrite(Database))
            file.SetLength(file.Length / 2);
        using var index = AuditIndex.Open(_project.Root, Database);
        Assert.Equal(20, index.Query(new AuditQuery()).Count);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99")]
    [InlineData("PRAGMA user_version = 0")]
    [InlineData("DROP TABLE touch; ALTER TABLE entry RENAME TO other")]
    public async Task An_index_of_another_shape_is_made_again(string change)
    {
        await _project.FillAsync(2);
        AuditIndex.Open(_project.Root, Database).Dispose();
        using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        using var index = AuditIndex.Open(_project.Root, Database);
        Assert.Equal(2, index.Query(new AuditQuery { File = "src/login.py" }).Count);
    }

    [Fact, TamperCase(48)]
    public async Task An_edited_index_does_not_touch_verifying()
    {
        await _project.FillAsync(2);
        AuditIndex.Open(_project.Root, Database).Dispose();
        using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE entry SET verdict = 1; UPDATE name SET text = 'Mallory' || id; DELETE FROM touch";
            command.ExecuteNonQuery();
        }

        await _project.ExpectEachAsync(2, strict: true);
    }

    [Fact]
    public void A_project_without_a_log_has_an_empty_index()
    {
        using var index = AuditIndex.Open(_project.Root, Database);
        Assert.Empty(index.Query(new AuditQuery()));
    }

    /// <summary>A proposal accepted, another rejected, and a person's edit that renames a file.</summary>
    private async Task<Dictionary<string, Entry>> SampleAsync()
    {
        var log = _project.Log();
        var made = new Dictionary<string, Entry>();
        async Task AppendAsync(string name, EntryDraft draft)
        {
            _project.Clock.Now += TimeSpan.FromMinutes(1);
            made[name] = await log.AppendAsync(draft, _project.Key, default);
        }

        await AppendAsync("proposal1", Project.Draft() with
        {
            Spec = new SpecReference { Task = "1.1", Description = "Check the password", Requirements = [new RequirementReference("auth/login", new string('a', 64))] },
            Model = new ModelUse { Provider = "replay", Requested = "sonnet", Reported = "sonnet-4" },
        });
        await AppendAsync("yes", Project.Draft(kind: EntryKind.Decision) with { Spec = null, Decision = new Decision { Target = made["proposal1"].Leaf, Accepted = true } });
        await AppendAsync("proposal2", Project.Draft("add-logout") with { Model = new ModelUse { Provider = "replay", Requested = "opus" }, Files = [Project.Change("src/logout.py", "a\n", "a\nb\n")] });
        await AppendAsync("no", Project.Draft("add-logout", EntryKind.Decision) with { Spec = null, Files = [], Decision = new Decision { Target = made["proposal2"].Leaf, Accepted = false, Reason = "too long" } });
        await AppendAsync("edit", Project.Draft(kind: EntryKind.HumanEdit) with
        {
            Actor = new Actor { Name = "Grace" },
            Files = [Project.Change("src/new.py", "a\n", "a\nb\n") with { Action = FileAction.Rename, RenamedFrom = "old.py" }],
        });
        return made;
    }
}
