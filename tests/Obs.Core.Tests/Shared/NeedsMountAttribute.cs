using System;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Obs.Core.Tests.Shared;

/// <summary>The test mounts a file system of its own (<see cref="MountedFolder"/>); where this user may not, it does not run and the result says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsMountAttribute : NUnitAttribute, IApplyToTest
{
    private static readonly Lazy<bool> IsAllowed = new(MountedFolder.IsAllowed);

    /// <inheritdoc/>
    public void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (test.RunState == RunState.NotRunnable || IsAllowed.Value)
            return;
        test.RunState = RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, "needs the right to mount a tmpfs (root on Linux)");
    }
}
