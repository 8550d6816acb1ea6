using Obs.Cli;

InterruptSignal.Obey();
return Failures.Report(args, () => CommandLine.Run(args));
