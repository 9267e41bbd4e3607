/**
 * The computer: processor, instruction set, NVIDIA's driver and its cards, and other processes of
 * this program.
 */
package explr.machine;
