using System.CommandLine;
using Obs.Cli;

return Failures.Report(() => CommandTree.Build().Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
