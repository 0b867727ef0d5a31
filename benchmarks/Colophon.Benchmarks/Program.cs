using BenchmarkDotNet.Running;
using Colophon.Benchmarks;

// `./bench` runs every section; `./bench startup agent` runs some; `./bench --filter '*Diff*'` hands over to BenchmarkDotNet.
if (args.Length > 0 && args[0].StartsWith('-'))
{
    BenchmarkSwitcher.FromAssembly(typeof(Bench).Assembly).Run(args);
    return 0;
}

return await new Bench(Layout.Find()).RunAsync(args);
