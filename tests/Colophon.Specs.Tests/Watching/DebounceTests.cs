using System.Threading.Channels;
using Colophon.Specs.Watching;

namespace Colophon.Specs.Tests.Watching;

public sealed class DebounceTests
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task What_comes_while_it_is_not_quiet_is_one_batch()
    {
        var (time, source, batch) = (new ManualTime(), Channel.CreateUnbounded<string>(), new HashSet<string>());
        var next = new Debounce(s_quiet, 10 * s_quiet, time).NextAsync(source.Reader, batch, CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            // Every timer but the first replaces one that a new path made void.
            await source.Writer.WriteAsync($"{i}");
            await time.TimersAsync(i + 1);
        }

        Assert.False(next.IsCompleted);
        time.Advance(s_quiet);
        Assert.True(await next);
        Assert.Equal(["0", "1", "2", "3", "4"], batch);
    }

    [Fact]
    public async Task Steady_writing_cannot_put_it_off_for_ever()
    {
        var (time, source, batch) = (new ManualTime(), Channel.CreateUnbounded<string>(), new HashSet<string>());
        var next = new Debounce(s_quiet, 3 * s_quiet, time).NextAsync(source.Reader, batch, CancellationToken.None);
        for (var i = 0; i < 4; i++)
        {
            await source.Writer.WriteAsync($"{i}");
            await time.TimersAsync(i + 1);
            time.Advance(s_quiet - TimeSpan.FromMilliseconds(1));
        }

        await source.Writer.WriteAsync("last");
        Assert.True(await next);
        Assert.Contains("0", batch);
    }

    [Fact]
    public async Task The_end_of_the_source_is_the_end()
    {
        var (source, batch) = (Channel.CreateUnbounded<string>(), new HashSet<string>());
        source.Writer.Complete();
        Assert.False(await new Debounce(s_quiet, s_quiet, new ManualTime()).NextAsync(source.Reader, batch, CancellationToken.None));
    }

    /// <summary>A clock that stands still until it is told to go on.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly Lock _lock = new();
        private readonly List<Timer> _timers = [];
        private readonly Channel<ITimer> _made = Channel.CreateUnbounded<ITimer>();
        private long _now;
        private int _count;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(callback, state, GetTimestamp() + dueTime.Ticks);
            lock (_lock)
                _timers.Add(timer);
            _made.Writer.TryWrite(timer);
            return timer;
        }

        /// <summary>Waits until so many timers were made in all.</summary>
        internal async Task TimersAsync(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            for (; _count < count; _count++)
                await _made.Reader.ReadAsync(limit.Token);
        }

        internal void Advance(TimeSpan by)
        {
            var now = Interlocked.Add(ref _now, by.Ticks);
            Timer[] due;
            lock (_lock)
                due = [.. _timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
                timer.Fire();
        }

        private sealed class Timer(TimerCallback callback, object? state, long due) : ITimer
        {
            private bool _over;

            internal long Due => due;

            internal void Fire()
            {
                if (_over)
                    return;
                _over = true;
                callback(state);
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => !_over;

            public void Dispose() => _over = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
