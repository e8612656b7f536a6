package girsanov.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import girsanov.bench.compare.MachineCode.Instruction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineCodeTest {
  /**
   * An outer loop around an inner one that has two jumps back, a jump out of the code, one forward,
   * and one from out of line into the inner loop.
   */
  private static final List<Instruction> NEST =
      List.of(
          new Instruction(0x10, "xor", "eax,eax"),
          new Instruction(0x12, "vmovups", "zmm1,ZMMWORD PTR [rsp+0x40]"),
          new Instruction(0x18, "vbroadcastss", "zmm0,DWORD PTR [rdi+rax*4+0x10]"),
          new Instruction(0x20, "vfmadd231ps", "zmm1,zmm0,ZMMWORD PTR [rsi+rax*4+0x10]"),
          new Instruction(0x28, "vaddps", "zmm1,zmm1,zmm2"),
          new Instruction(0x30, "vmovups", "ZMMWORD PTR [rsp+0x40],zmm1"),
          new Instruction(0x38, "vmovdqu32", "ZMMWORD PTR [rdx+rax*4+0x10],zmm1"),
          new Instruction(0x40, "add", "eax,0x10"),
          new Instruction(0x43, "je", "0x50"),
          new Instruction(0x44, "js", "0x18"),
          new Instruction(0x45, "jl", "0x18"),
          new Instruction(0x4a, "jmp", "0x9000"),
          new Instruction(0x50, "jne", "0x12"),
          new Instruction(0x52, "ret", ""),
          new Instruction(0x60, "vxorps", "zmm1,zmm1,zmm1"),
          new Instruction(0x66, "jmp", "0x28"));

  @Test
  void theInnermostLoopIsCounted() {
    var code = new MachineCode("A::a", NEST);
    List<InstructionMix> loops = InstructionMix.of(code);
    assertEquals(1, loops.size());
    assertEquals(NEST.subList(2, 11), loops.getFirst().loop());
    String counts = InstructionMix.lines(List.of(code)).get(2).replaceAll("[ |]+", " ").trim();
    // Instructions; FMA, other, moves; from memory, broadcast, to memory, stack; scalar, calls,
    // jumps.
    assertEquals("9 1 1 3 1 1 1 1 1 0 3", counts);
  }

  @Test
  void theLastWholeCodeOfTheOptimisingCompilerCounts() throws IOException {
    assumeTrue(MachineCode.missing().isEmpty());
    String printed =
        """
        Compiled method (c1) 10 1 3  A::a (9 bytes)
        [MachCode]
          0x00007f0000000000: f4f4
        [/MachCode]
        Compiled method (c2) 20 2 %  4  A::a @ 4 (9 bytes)
        [MachCode]
          0x00007f0000000000: f4f4
        [/MachCode]
        Compiled method (c2) 30 3    4  A::b (9 bytes)
        [MachCode]
          0x00007f0000000100: c3
        [/MachCode]
        Compiled method (c2) 40 4    4  A::b (9 bytes)
        [MachCode]
        [Verified Entry Point]
          # {method} {0x00007fc5bca982c8} 'b' '([F)F' in 'A'
          0x00007f0000000200: ;   {other}
          0x00007f0000000200: 9062 f1fd | 4858
                              ;*arraylength {reexecute=0 rethrow=0 return_oop=0}
          0x00007f0000000206: c1eb f7c3
        [/MachCode]
        """;
    List<MachineCode> codes = MachineCode.parse(new BufferedReader(new StringReader(printed)));
    assertEquals(List.of("A::b (9 bytes)"), codes.stream().map(MachineCode::method).toList());
    List<Instruction> instructions = codes.getFirst().instructions();
    assertEquals(
        List.of("nop", "vaddpd", "jmp", "ret"),
        instructions.stream().map(Instruction::mnemonic).toList());
    assertEquals("zmm0,zmm0,zmm1", instructions.get(1).operands());
    assertEquals("0x7f0000000200", instructions.get(2).operands());
  }

  @Test
  void anOptionWithoutItsMethodIsRefused() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> Options.parse(List.of("--machine-code")));
    assertTrue(String.valueOf(refused.getMessage()).contains("needs a value"));
  }
}
