using Obs.Cli;

return Failures.Report(args, () => CommandLine.Run(args));
