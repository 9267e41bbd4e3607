/** The computer: processor, instruction set, GPU, and other processes of this program. */
package explr.machine;
