using Colophon.Generation.Context;

namespace Colophon.Generation.Tests.Context;

public sealed class ImportsTests
{
    private static readonly FileIndex s_index = new(
    [
        "pkg/__init__.py", "pkg/a.py", "pkg/b.py", "pkg/sub/c.py", "web/app.ts", "web/lib/util.ts", "web/lib/index.js", "web/style.css",
        "cs/Order.cs", "cs/Customer.cs", "go/store/store.go", "go/store/store_test.go", "go/main.go", "src/lib.rs", "src/parse.rs", "src/net/mod.rs",
        "java/org/x/Thing.java", "c/inc/buf.h", "c/main.c", "bin/run.sh", "bin/lib.sh", "tools/common.sh",
    ]);

    private static void Check(string path, string text, params string[] expected) => Assert.Equal(expected, Imports.Of(path, text, s_index));

    [Fact]
    public void Python() => Check("pkg/sub/c.py", "from ..a import x\nfrom .. import b\nimport pkg.a, os\nfrom pkg import (\n  b,\n)\n", "pkg/a.py", "pkg/b.py", "pkg/__init__.py");

    [Fact]
    public void Scripts() => Check("web/app.ts", "import {a} from './lib/util.js';\nconst l = require('./lib');\nimport x from 'react';\nimport './style.css'\nimport '../../../etc'\n", "web/lib/util.ts", "web/lib/index.js", "web/style.css");

    [Fact]
    public void CSharp_types() => Check("cs/Order.cs", "class Order(Customer customer) : IThing;", "cs/Customer.cs");

    [Fact]
    public void Go_packages() => Check("go/main.go", "import (\n\t\"fmt\"\n\ts \"example.org/go/store\"\n)\n", "go/store/store.go");

    [Fact]
    public void Rust_modules() => Check("src/lib.rs", "mod parse;\npub mod net;\nuse crate::parse::Tree;\n", "src/parse.rs", "src/net/mod.rs");

    [Fact]
    public void Java_classes() => Check("java/org/y/Other.java", "import org.x.Thing;\n", "java/org/x/Thing.java");

    [Fact]
    public void C_headers() => Check("c/main.c", "#include <stdio.h>\n# include \"inc/buf.h\"\n", "c/inc/buf.h");

    [Fact]
    public void Shell_sources() => Check("bin/run.sh", "#!/bin/sh\n. \"$(dirname \"$0\")/lib.sh\"\nsource ../tools/common.sh\n", "bin/lib.sh", "tools/common.sh");
}
