/** The computer: processor, instruction set, and other processes of this program. */
package explr.machine;
