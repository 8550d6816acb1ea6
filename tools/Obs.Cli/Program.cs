using System;
using System.CommandLine;
using Obs.Cli;

return Failures.Report(() => CommandTree.Build().Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }));
