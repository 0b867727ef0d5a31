using System.Text;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Verify;

namespace Colophon.Provenance.Tests.Verify;

/// <summary>Faults in one entry: its bytes, its signature, its form.</summary>
public sealed class EntryTamperTests
{
    private static readonly UTF8Encoding Utf8 = new(false);

    public static TheoryData<string> SmallOrderPoints() =>
    [
        "0000000000000000000000000000000000000000000000000000000000000000", "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    public static TheoryData<string, string> Malformed() => new()
    {
        { "duplicate key", "{\"_type\":\"a\",\"_type\":\"b\"}" },
        { "lone surrogate", "{\"_type\":\"\\ud800\"}" },
        { "byte order mark", "\uFEFF{}" },
        { "above 2^53", "{\"n\":9007199254740993}" },
        { "1e400", "{\"n\":1e400}" },
        { "fraction", "{\"n\":1.5}" },
        { "depth", new string('[', 200) + new string(']', 200) },
        { "not an object", "[]" },
        { "empty", "" },
    };

    [Fact]
    public async Task A_sealed_log_is_valid()
    {
        using var project = Project.Create();
        await project.FillAsync(5);
        await project.FillAsync(3, "other");
        await project.ExpectValidAsync(strict: true);
    }

    [Fact]
    public async Task An_empty_log_proves_nothing()
    {
        using var project = Project.Create();
        Assert.Equal(VerifyExitCode.Incomplete, (await project.VerifyAsync()).ExitCode);
    }

    [Fact]
    [TamperCase(1)]
    public async Task A_flipped_byte_of_the_payload_is_seen()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(3);
        Forger.Flip(entries[1].FilePath, "\"description\":\"");
        var report = await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
        Assert.Equal(EntryStatus.HashMismatch, report.Entries[1].Status);
        Assert.Equal(EntryStatus.Valid, report.Entries[0].Status);
    }

    [Fact]
    [TamperCase(2)]
    public async Task A_payload_written_differently_with_the_same_meaning_fails_a_strict_check()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        Forger.Resign(entry, project.Key, static p => p.Replace("{\"_type\"", "{ \"_type\"", StringComparison.Ordinal));
        Forger.DropNotes(project);
        await project.ExpectAsync(EntryStatus.Unanchored, VerifyExitCode.Incomplete);
        await project.ExpectAsync(EntryStatus.NonCanonical, VerifyExitCode.Integrity, strict: true);
    }

    [Fact]
    [TamperCase(2)]
    public async Task A_payload_written_differently_without_the_key_is_seen_anyway()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        Forger.Text(entry.FilePath, static p => p.Replace("{\"_type\"", "{ \"_type\"", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(3)]
    public async Task A_flipped_byte_of_the_signature_is_seen()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(2))[0];
        for (var at = 0; at < 64; at += 9)
        {
            Forger.Signature(EntryFile.Read(entry.FilePath), s => [.. s.Select((b, i) => i == at ? (byte)(b ^ 4) : b)]);
            await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
        }
    }

    [Theory]
    [InlineData("\"signatures\":[]")]
    [InlineData("\"other\":[]")]
    [TamperCase(4)]
    public async Task A_removed_signature_is_seen(string instead)
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(2))[1];
        Forger.Text(entry.FilePath, t => t[..t.IndexOf("\"signatures\"", StringComparison.Ordinal)] + instead + "}\n");
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Fact]
    [TamperCase(5)]
    public async Task A_malleated_signature_is_refused()
    {
        using var project = Project.Create();
        Forger.Signature((await project.FillAsync(1))[0], Signatures.Malleated);
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Theory]
    [MemberData(nameof(SmallOrderPoints))]
    [TamperCase(6)]
    public async Task A_small_order_or_non_canonical_r_is_refused(string point)
    {
        using var project = Project.Create();
        Forger.Signature((await project.FillAsync(1))[0], s => [.. Convert.FromHexString(point), .. new byte[32]]);
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    [TamperCase(7)]
    public async Task A_signature_of_another_length_is_refused(int length)
    {
        using var project = Project.Create();
        Forger.Signature((await project.FillAsync(1))[0], s => [.. s.Concat(new byte[64]).Take(length)]);
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Fact]
    [TamperCase(7)]
    public async Task A_short_signature_of_the_author_is_refused_beside_a_good_one()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        Forger.Text(entry.FilePath, static t => t.Replace("\"signatures\":[", $"\"signatures\":[{{\"keyid\":\"{KeyOf(t)}\",\"sig\":\"AAAA\"}},", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);

        static string KeyOf(string text) => text.Split("\"signatures\":[{\"keyid\":\"")[1][..64];
    }

    [Fact]
    [TamperCase(8)]
    public async Task A_key_id_swapped_for_a_trusted_one_is_refused()
    {
        using var project = Project.Create();
        using var other = SigningKey.Generate();
        TrustForger.AddVersion(project, [project.Key], keys: [project.Key, other]);
        var entry = (await project.FillAsync(1))[0];
        Forger.Text(entry.FilePath, t => t.Replace("[{\"keyid\":\"" + project.Key.KeyId, "[{\"keyid\":\"" + other.KeyId, StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Fact]
    [TamperCase(9)]
    public async Task A_valid_signature_by_an_unknown_key_is_not_trusted()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        var last = (await project.FillAsync(2))[1];
        var payload = PayloadWriter.Write(last.Predicate with { Id = EntryDraft.NewId(), Seq = 3, Prev = last.Leaf, Actor = last.Predicate.Actor with { KeyId = stranger.KeyId } });
        Forger.Insert(last, stranger, payload, 3);
        var report = await project.ExpectAsync(EntryStatus.PublicKeyNotTrusted, VerifyExitCode.Trust);
        Assert.Equal(EntryStatus.PublicKeyNotTrusted, report.Entries[2].Status);
    }

    [Fact]
    [TamperCase(9)]
    public async Task An_unknown_key_that_signs_in_anothers_name_is_no_signature()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        var last = (await project.FillAsync(2))[1];
        Forger.Insert(last, stranger, PayloadWriter.Write(last.Predicate with { Id = EntryDraft.NewId(), Seq = 3, Prev = last.Leaf }), 3);
        await project.ExpectAsync(EntryStatus.InvalidSignature, VerifyExitCode.Signature);
    }

    [Fact]
    [TamperCase(17)]
    public async Task A_swapped_payload_type_is_seen()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(2);
        Forger.Text(entries[0].FilePath, static t => t.Replace("application/vnd.in-toto+json", "application/vnd.other+json", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.HashMismatch, VerifyExitCode.Integrity);
        Forger.Resign(entries[0], project.Key, static p => p, "application/vnd.other+json");
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(18)]
    public async Task An_unknown_predicate_type_is_malformed()
    {
        using var project = Project.Create();
        Forger.Resign((await project.FillAsync(1))[0], project.Key, static p => p.Replace(EntryFormat.PredicateType, "urn:other", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    [TamperCase(38)]
    [TamperCase(39)]
    [TamperCase(40)]
    [TamperCase(41)]
    public async Task A_payload_that_two_readers_could_take_differently_is_malformed(string why, string payload)
    {
        using var project = Project.Create();
        Forger.Resign((await project.FillAsync(1))[0], project.Key, Utf8.GetBytes(payload));
        var report = await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
        Assert.True(report.Entries[0].Message is not null, why);
    }

    [Fact]
    [TamperCase(38)]
    public async Task A_duplicate_key_in_an_otherwise_good_payload_is_malformed()
    {
        using var project = Project.Create();
        Forger.Resign((await project.FillAsync(1))[0], project.Key, static p => p.Replace("\"kind\":", "\"kind\":\"decision\",\"kind\":", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("Check the password", "Check \\ud800", "Check \\ud83d\\ude00", 39)]
    [InlineData("\"tokensIn\":7,", "\"tokensIn\":9007199254740993,", "\"tokensIn\":9007199254740991,", 40)]
    [InlineData("\"tokensIn\":7,", "\"tokensIn\":1e400,", "\"tokensIn\":400,", 40)]
    [InlineData("\"tokensIn\":7,", "\"tokensIn\":1.5,", "\"tokensIn\":15,", 40)]
    [TamperCase(39)]
    [TamperCase(40)]
    public async Task In_an_otherwise_good_payload_it_alone_is_the_fault(string good, string bad, string harmless, int number)
    {
        using var project = Project.Create();
        var draft = Project.Draft() with { Model = new ModelUse { Provider = "replay", Requested = "sonnet", TokensIn = 7 } };
        var entry = await project.Log().AppendAsync(draft, project.Key, TestContext.Current.CancellationToken);
        Assert.Contains(good, Utf8.GetString(entry.Payload.Span), StringComparison.Ordinal);
        var path = Forger.Resign(entry, project.Key, p => p.Replace(good, harmless, StringComparison.Ordinal));
        Assert.All((await project.VerifyAsync()).Entries, e => Assert.True(e.Status != EntryStatus.Malformed, $"{number}: {e.Message}"));
        File.Delete(path);
        Forger.Insert(entry, project.Key, Utf8.GetBytes(Utf8.GetString(entry.Payload.Span).Replace(good, bad, StringComparison.Ordinal)), 1);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(39)]
    public async Task A_byte_order_mark_before_a_good_payload_is_malformed()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        Forger.Resign(entry, project.Key, [0xef, 0xbb, 0xbf, .. entry.Payload.Span]);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(39)]
    public async Task Invalid_utf_8_in_a_payload_is_malformed()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        var payload = entry.Payload.ToArray();
        payload[payload.AsSpan().IndexOf("Check the"u8)] = 0xff;
        Forger.Resign(entry, project.Key, payload);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(41)]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        using (var file = File.OpenWrite(entry.FilePath))
            file.SetLength(EntryFile.MaximumBytes + 1L);
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(42)]
    public async Task A_log_converted_to_crlf_still_verifies()
    {
        using var project = Project.Create();
        await project.FillAsync(3);
        foreach (var file in Directory.GetFiles(project.Audit, "*", SearchOption.AllDirectories))
            Forger.Text(file, static t => t.Replace("\n", "\r\n", StringComparison.Ordinal));
        await project.ExpectEachAsync(3, strict: true);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("src/../../x")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData("a\\\\..\\\\b")]
    [InlineData("src//login.py")]
    [TamperCase(51)]
    public async Task A_path_that_escapes_is_malformed(string path)
    {
        using var project = Project.Create();
        Forger.Resign((await project.FillAsync(1))[0], project.Key, p => p.Replace("src/login.py", path, StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("src/Login.py")]
    [InlineData("src/login.py")]
    [TamperCase(51)]
    public async Task Twins_by_case_are_malformed(string twin)
    {
        using var project = Project.Create();
        Assert.Equal(ProvenanceError.DraftInvalid, (await Assert.ThrowsAsync<ProvenanceException>(() => AppendTwins(project, "src/login.py", twin))).Error);
        Assert.Equal(ProvenanceError.DraftInvalid, (await Assert.ThrowsAsync<ProvenanceException>(() => AppendTwins(project, "caf\u00e9", "cafe\u0301"))).Error);
        var entry = await AppendTwins(project, "src/login.py", "src/other.py");
        Forger.Resign(entry, project.Key, p => p.Replace("src/other.py", twin, StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    [TamperCase(51)]
    public async Task Twins_by_unicode_form_are_malformed()
    {
        using var project = Project.Create();
        var entry = await AppendTwins(project, "src/caf\u00e9.py", "src/other.py");
        Forger.Resign(entry, project.Key, static p => p.Replace("src/other.py", "src/cafe\u0301.py", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task What_the_subject_says_must_be_what_the_files_say()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        Forger.Resign(entry, project.Key, static p => p.Replace("\"name\":\"src/login.py\"", "\"name\":\"src/other.py\"", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("\"eol\":\"lf\"", "\"eol\":\"cr\"")]
    [InlineData("\"newLines\":1,\"newStart\":2", "\"newLines\":0,\"newStart\":1")]
    [InlineData("\"digest\":{", "\"digest\":{\"sha512\":\"00\",")]
    [InlineData("\"durationMs\":0", "\"durationMs\":0.0")]
    [InlineData("\"durationMs\":0", "\"durationMs\":1e2")]
    [InlineData("\"seen\":[]", "\"prompt\":{\"context\":[{\"bytes\":1,\"path\":\"../a\",\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}]},\"seen\":[]")]
    [InlineData("\"seen\":[]", "\"seen\":[{\"change\":\"a\",\"stream\":\"b\",\"seq\":0,\"leaf\":\"0000000000000000000000000000000000000000000000000000000000000000\"}]")]
    [InlineData("\"seen\":[]", "\"seen\":[{\"change\":\"../a\",\"stream\":\"b\",\"seq\":1,\"leaf\":\"0000000000000000000000000000000000000000000000000000000000000000\"}]")]
    public async Task A_payload_that_says_what_cannot_be_is_malformed(string said, string instead)
    {
        using var project = Project.Create();
        Forger.Resign((await project.FillAsync(1))[0], project.Key, p => p.Contains(said, StringComparison.Ordinal) ? p.Replace(said, instead, StringComparison.Ordinal) : throw new InvalidOperationException(p));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData(",\"trustVersion\":\"1\"", "", false)]
    [InlineData("\"trustVersion\":\"1\"", "\"trustVersion\":\"one\"", false)]
    [InlineData("\"trustVersion\":\"1\"", "\"trustVersion\":\"01\"", false)]
    [InlineData("\"trustLeaf\":\"", "\"trustLeaf\":\"0", false)]
    [InlineData("\"trustLeaf\":", "\"other\":", false)]
    public async Task A_key_event_names_a_version_of_the_trust(string part, string instead, bool valid)
    {
        using var project = Project.Create();
        var said = new Dictionary<string, string> { ["trustVersion"] = "1", ["trustLeaf"] = project.Trust?.Leaf ?? "" };
        var entry = await project.Log().AppendAsync(Project.Draft("_trust", EntryKind.KeyEvent) with { Files = [], Witnessed = said }, project.Key, TestContext.Current.CancellationToken);
        await project.Log().SealAsync(project.Key, TestContext.Current.CancellationToken);
        if (part.Length > 0)
            Forger.Resign(entry, project.Key, p => p.Contains(part, StringComparison.Ordinal) ? p.Replace(part, instead, StringComparison.Ordinal) : throw new InvalidOperationException(p));
        if (valid)
            await project.ExpectValidAsync(strict: true);
        else
            await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("/x")]
    [InlineData("a/./b")]
    public void An_approved_file_lies_in_the_changes_folder(string path)
    {
        ApprovedFile[] files = [new(path, new string('a', 64))];
        Assert.NotNull(new Approval { Verdict = ApprovalVerdict.Approved, Text = Approval.DigestOf(files), Files = files }.Fault());
        files = [new("specs/..a/b.md", new string('a', 64))];
        Assert.Null(new Approval { Verdict = ApprovalVerdict.Approved, Text = Approval.DigestOf(files), Files = files }.Fault());
    }

    [Fact]
    public async Task White_space_inside_a_signature_is_malformed()
    {
        using var project = Project.Create();
        Forger.Text((await project.FillAsync(1))[0].FilePath, static t => t.Replace("\"sig\":\"", "\"sig\":\" ", StringComparison.Ordinal));
        await project.ExpectAsync(EntryStatus.Malformed, VerifyExitCode.Integrity);
    }

    [Fact]
    public async Task Fuzzed_entries_never_throw_and_never_pass()
    {
        using var project = Project.Create();
        var entry = (await project.FillAsync(1))[0];
        var good = File.ReadAllBytes(entry.FilePath);
        var random = new Random(11);
        for (var i = 0; i < 150; i++)
        {
            var bad = good.ToArray();
            var at = random.Next(bad.Length);
            bad[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(entry.FilePath, bad);
            var report = await project.VerifyAsync();
            // The signature line may be written differently (base64url, unknown members) without changing what was signed.
            Assert.True(report.ExitCode != VerifyExitCode.Valid || EntryFile.Read(entry.FilePath).Leaf == entry.Leaf, $"byte {at}");
        }
    }

    private static Task<Entry> AppendTwins(Project project, string one, string other) => project.Log().AppendAsync(
        Project.Draft() with { Files = [Project.Change(one, "a\n", "b\n"), Project.Change(other, "a\n", "b\n")] }, project.Key, TestContext.Current.CancellationToken);
}
