using Colophon.Cli;

return await CliProgram.RunAsync(args).ConfigureAwait(false);
