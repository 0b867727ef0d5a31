using System.Globalization;
using BenchmarkDotNet.Running;
using Colophon.Benchmarks;
using Colophon.Benchmarks.Sections;

// `./bench` runs every section; `./bench startup agent` runs some; `./bench --filter '*Diff*'` hands over to BenchmarkDotNet.
if (args is ["--append", var folder, var number, var count])
{
    await AuditSection.AppendAsync(folder, number, int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--index", var log])
{
    IndexSection.Open(log);
    return 0;
}

if (args.Length > 0 && args[0].StartsWith('-'))
{
    BenchmarkSwitcher.FromAssembly(typeof(Bench).Assembly).Run(args);
    return 0;
}

return await new Bench(Layout.Find()).RunAsync(args);
