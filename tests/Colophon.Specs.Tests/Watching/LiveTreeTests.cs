using System.Threading.Channels;
using Colophon.Specs.Tests.Incremental;
using Colophon.Specs.Watching;
using Colophon.Specs.Watching.Signals;

namespace Colophon.Specs.Tests.Watching;

public sealed class LiveTreeTests(ITestOutputHelper output)
{
    private const string Tasks = "## 1. Work\n- [ ] 1.1 First\n- [ ] 1.2 Second\n";

    [Fact]
    public async Task The_tree_is_read_at_the_start()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        var (a, b) = (watched.Live.Changes[0], watched.Live.Changes[1]);
        Assert.Equal(("add-a", ChangeState.Proposed, 0, 1, true), (a.Name, a.State, a.CompletedTasks, a.TotalTasks, a.Valid));
        Assert.Equal(("add-b", 0), (b.Name, b.TotalTasks));
        Assert.Equal(["add-a", "add-b", "auth", "data/cache"], watched.Live.Report.Items.Select(static item => item.Id));
        Assert.Equal("add-a", watched.Live.Change("add-a").Name);
    }

    [Fact]
    public async Task A_ticked_box_is_told_and_where_the_change_stands_then()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start().Add("openspec/changes/add-a/tasks.md", Tasks));
        File.WriteAllText(watched.At("openspec/changes/add-a/tasks.md"), Tasks.Replace("[ ] 1.2", "[x] 1.2", StringComparison.Ordinal));
        var ticked = await watched.NextAsync<TreeEvent.TaskTicked>();
        Assert.Equal(("add-a", "1.2", "Second"), (ticked.Change, ticked.Task.Id, ticked.Task.Description));
        Assert.Equal(new TreeEvent.ChangeStateChanged("add-a", ChangeState.Proposed, ChangeState.InProgress), await watched.NextAsync<TreeEvent.ChangeStateChanged>());
        Assert.Equal(50, watched.Live.Changes[0].Percentage);
        Assert.Equal(1, watched.Live.Change("add-a").CompletedTasks);
        Assert.Same(watched.Live.Change("add-a"), watched.Live.Change("add-a"));
        File.WriteAllText(watched.At("openspec/changes/add-a/tasks.md"), Tasks + "- [ ] 1.3 Third\n");
        Assert.Equal("1.2", (await watched.NextAsync<TreeEvent.TaskReopened>()).Task.Id);
        Assert.Equal(2, (await watched.NextAsync<TreeEvent.TasksChanged>()).Before);
    }

    [Fact]
    public async Task A_spec_saved_by_renaming_is_changed_and_what_it_breaks_is_told()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        File.WriteAllText(watched.At("openspec/specs/auth/spec.md~"), "# broken\n");
        File.Move(watched.At("openspec/specs/auth/spec.md~"), watched.At("openspec/specs/auth/spec.md"), overwrite: true);
        var events = await watched.SettleAsync();
        Assert.Contains(new TreeEvent.SpecChanged("auth"), events);
        var problems = events.OfType<TreeEvent.ProblemsChanged>().ToList();
        Assert.False(Assert.Single(problems, static problem => problem.Item.Id == "auth").Item.Valid);
        Assert.Contains(Assert.Single(problems, static problem => problem.Item.Id == "add-a").Appeared, static issue => issue.Code == "archive-refuses");
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_no_event()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        File.WriteAllBytes(watched.At("openspec/specs/auth/spec.md"), File.ReadAllBytes(watched.At("openspec/specs/auth/spec.md")));
        File.WriteAllText(watched.At("README.md"), "beside the tree");
        Assert.Empty(await watched.SettleAsync());
    }

    [Fact]
    public async Task A_folder_that_was_deleted_and_made_again_is_watched_again()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        Directory.Delete(watched.At("openspec/changes/add-a"), recursive: true);
        Assert.Equal("add-a", (await watched.NextAsync<TreeEvent.ChangeRemoved>()).Name);
        watched.Folder.Add("openspec/changes/add-a/specs/deep/er/spec.md", "");
        Assert.Equal("add-a", (await watched.NextAsync<TreeEvent.ChangeAdded>()).Change.Name);
        await watched.SettleAsync();
        watched.Folder.Add("openspec/changes/add-a/specs/deep/er/spec.md", "## ADDED Requirements\n");
        Assert.Equal("add-a", (await watched.NextAsync<TreeEvent.ProblemsChanged>()).Item.Id);
    }

    [Fact]
    public async Task A_change_that_is_archived_is_not_just_gone()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        Directory.Move(watched.At("openspec/changes/add-a"), watched.At("openspec/changes/archive/2026-11-20-add-a"));
        Assert.Equal(new TreeEvent.ChangeArchived("add-a", "2026-11-20-add-a"), await watched.NextAsync<TreeEvent.ChangeArchived>());
        Directory.Move(watched.At("openspec/changes/archive/2026-11-20-add-a"), watched.At("openspec/changes/back"));
        Assert.Equal("back", (await watched.NextAsync<TreeEvent.ChangeAdded>()).Change.Name);
        Directory.Move(watched.At("openspec/changes/back"), watched.At("away"));
        Assert.Equal("back", (await watched.NextAsync<TreeEvent.ChangeRemoved>()).Name);
    }

    [Fact]
    public async Task A_tree_may_come_later_and_go_and_come_back()
    {
        await using var watched = await Watched.StartAsync(new TemporaryTree());
        Assert.Empty(watched.Live.Changes);
        watched.Folder.Add("openspec/changes/first/tasks.md", Tasks);
        Assert.Equal("first", (await watched.NextAsync<TreeEvent.ChangeAdded>()).Change.Name);
        await watched.SettleAsync();
        Directory.Delete(watched.At("openspec"), recursive: true);
        Assert.Equal("first", (await watched.NextAsync<TreeEvent.ChangeRemoved>()).Name);
        watched.Folder.Add("openspec/specs/auth/spec.md", "");
        Assert.Equal("auth", (await watched.NextAsync<TreeEvent.SpecAdded>()).Id);
        watched.Folder.Add("openspec/specs/auth/spec.md", "## Purpose\n");
        Assert.Equal("auth", (await watched.NextAsync<TreeEvent.SpecChanged>()).Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_edited_the_watched_tree_ends_as_a_full_validation_sees_it(int seed)
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        var edits = new RandomEdits(watched.Folder, new Random(seed));
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 25; i++)
                edits.Next();
            // An edit may have taken the folder of all changes away.
            await watched.SettleAsync();
            var expected = Validation.All(watched.Folder.Open());
            Assert.Equal(Describe(expected), Describe(watched.Live.Report));
        }
    }

    [Fact]
    public async Task Polling_sees_what_the_kernel_would_tell()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start().Add("openspec/changes/add-a/tasks.md", Tasks), new WatchOptions { Polling = true, PollingInterval = TimeSpan.FromMilliseconds(20) });
        Assert.NotNull(watched.Live.PollingBecause);
        // The same length at what may be the same time.
        File.WriteAllText(watched.At("openspec/changes/add-a/tasks.md"), Tasks.Replace("[ ] 1.2", "[x] 1.2", StringComparison.Ordinal));
        Assert.Equal("1.2", (await watched.NextAsync<TreeEvent.TaskTicked>()).Task.Id);
        Directory.Delete(watched.At("openspec/changes/add-b"), recursive: true);
        Assert.Equal("add-b", (await watched.NextAsync<TreeEvent.ChangeRemoved>()).Name);
        Directory.Delete(watched.At("openspec"), recursive: true);
        Assert.Equal("add-a", (await watched.NextAsync<TreeEvent.ChangeRemoved>()).Name);
    }

    [Fact]
    public async Task Where_the_watches_run_out_the_files_are_looked_at_instead()
    {
        var signals = new ManualSignals();
        await using var watched = await Watched.StartAsync(RandomEdits.Start(), signals);
        watched.Folder.AddFolder("openspec/changes/unseen");
        signals.End("no watch left");
        Assert.Equal("no watch left", (await watched.NextAsync<TreeEvent.Rescanned>()).Reason);
        Assert.Equal("unseen", (await watched.NextAsync<TreeEvent.ChangeAdded>()).Change.Name);
        watched.Folder.AddFolder("openspec/changes/seen");
        Assert.Equal("seen", (await watched.NextAsync<TreeEvent.ChangeAdded>()).Change.Name);
        Assert.Equal("no watch left", watched.Live.PollingBecause);
    }

    [Fact]
    public async Task A_queue_that_overflowed_makes_everything_be_read_again()
    {
        if (!OperatingSystem.IsLinux())
        {
            output.WriteLine("Skipped: inotify is Linux's.");
            return;
        }

        var folder = RandomEdits.Start();
        var signals = InotifySignals.TryStart(folder.Path, out _) ?? throw new InvalidOperationException("No inotify.");
        signals.Take(new InotifyEvent(-1, Happened.Overflow, ""));
        await using var watched = await Watched.StartAsync(folder, signals);
        await watched.NextAsync<TreeEvent.Rescanned>();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_listed_is_told_and_watching_goes_on()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        Directory.Delete(watched.At("openspec/specs"), recursive: true);
        File.CreateSymbolicLink(watched.At("openspec/specs"), "specs");
        Assert.Contains("openspec/specs", (await watched.NextAsync<TreeEvent.Unreadable>()).Message, StringComparison.Ordinal);
        File.Delete(watched.At("openspec/specs"));
        watched.Folder.Add("openspec/specs/new/spec.md", "");
        Assert.Equal("new", (await watched.NextAsync<TreeEvent.SpecAdded>()).Id);
    }

    [Fact]
    public async Task Every_listener_hears_everything_and_the_slow_one_hears_that_it_missed_some()
    {
        var subscribers = new Subscribers();
        await using var quick = subscribers.Listen(CancellationToken.None).GetAsyncEnumerator();
        await using var slow = subscribers.Listen(CancellationToken.None).GetAsyncEnumerator();
        for (var i = 0; i < 5000; i++)
        {
            var happened = new TreeEvent.SpecChanged($"{i}");
            subscribers.Publish(happened);
            Assert.True(await quick.MoveNextAsync());
            Assert.Equal(happened, quick.Current);
        }

        for (var i = 0; i < 4096; i++)
        {
            Assert.True(await slow.MoveNextAsync());
            Assert.Equal(new TreeEvent.SpecChanged($"{i}"), slow.Current);
        }

        Assert.True(await slow.MoveNextAsync());
        Assert.Contains("dropped", Assert.IsType<TreeEvent.Rescanned>(slow.Current).Reason, StringComparison.Ordinal);
        subscribers.End(null);
        Assert.False(await slow.MoveNextAsync());
    }

    [Fact]
    public async Task Listening_ends_with_the_token_and_with_the_tree()
    {
        await using var watched = await Watched.StartAsync(RandomEdits.Start());
        using var stop = new CancellationTokenSource();
        await using var first = watched.Live.EventsAsync(stop.Token).GetAsyncEnumerator();
        await using var second = watched.Live.EventsAsync(CancellationToken.None).GetAsyncEnumerator();
        var (cancelled, ended) = (first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await watched.Live.DisposeAsync();
        Assert.False(await ended);
    }

    private static string Describe(ValidationReport report) => string.Join('\n', report.Items.Select(static item =>
        $"{item.Kind} {item.Id} {item.Valid}{string.Concat(item.Issues.Select(static issue => $"\n  {issue.Level} {issue.Path}:{issue.Line} {issue.Code} {issue.Message}"))}"));

    private sealed class ManualSignals : IFileSignals
    {
        private readonly Channel<string> _changed = Channel.CreateUnbounded<string>();

        public ChannelReader<string> Changed => _changed.Reader;

        public string? Failure { get; private set; }

        internal void End(string failure)
        {
            Failure = failure;
            _changed.Writer.Complete();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
